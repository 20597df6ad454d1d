package dev.parley.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A network in front of a server, whose connections can be cut.
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    CuttingProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    URI origin() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /// Cuts every connection, with resets.
    int cut() {
        int cut = 0;
        for (Socket connection : connections) {
            cut += end(connection) ? 1 : 0;
        }
        return cut;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            connections.add(client);
            connections.add(server);
            Thread back = Thread.ofPlatform().daemon().start(() -> copy(server, client));
            copy(client, server);
            back.join();
        } catch (IOException | InterruptedException nobodyThere) {
            // the client sees that it is closed
        } finally {
            connections.remove(client);
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException cut) {
            // both ends go
        } finally {
            end(from);
            end(to);
            connections.remove(from);
        }
    }

    private static boolean end(Socket socket) {
        try (socket) {
            boolean wasOpen = !socket.isClosed();
            if (wasOpen) {
                socket.setSoLinger(true, 0);
            }
            return wasOpen;
        } catch (IOException closedAlready) {
            return false;
        }
    }
}
