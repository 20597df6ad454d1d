package dev.parley.local.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

/// Looks, before anything is started, whether all ports can be had.
final class PortCheck {

    private static final int CONNECT_TIMEOUT_MILLIS = 200;

    private PortCheck() {}

    /// @throws StartException naming every port that is taken, and by what
    static void requireFree(Map<String, Integer> ports) {
        StringBuilder taken = new StringBuilder();
        ports.forEach((use, port) -> {
            if (isTaken(port)) {
                taken.append("\n  port ")
                        .append(port)
                        .append(" (for ")
                        .append(use)
                        .append(") is taken by ");
                taken.append(PortOwner.of(port).orElse("a process that this user may not see"));
            }
        });
        if (!taken.isEmpty()) {
            throw new StartException("Ports are taken; end what holds them, or move all with --port N:" + taken);
        }
    }

    /// Binding alone would not do: some systems let an address be bound beside a listener on all addresses.
    private static boolean isTaken(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(address, 1);
        } catch (IOException inUse) {
            return true;
        }
        try (Socket probe = new Socket()) {
            probe.connect(address, CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }
}
