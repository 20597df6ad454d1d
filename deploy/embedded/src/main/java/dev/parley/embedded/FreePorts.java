package dev.parley.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Ports that nobody listens on at the moment of asking.
///
/// They lie below those that systems give to outgoing connections (Linux from 32768 on, macOS and Windows from 49152):
/// there, any connection may take one before its user does.
///
/// *Thread*: any.
public final class FreePorts {

    private static final int FIRST = 10_000;
    private static final int END = 32_768;
    private static final RandomGenerator RANDOM = new Random();
    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePorts() {}

    /// A port that is free on every interface, and that this process has not been given yet.
    public static synchronized int next() {
        while (GIVEN.size() < END - FIRST) {
            int port = RANDOM.nextInt(FIRST, END);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from " + FIRST + " to " + (END - 1));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
