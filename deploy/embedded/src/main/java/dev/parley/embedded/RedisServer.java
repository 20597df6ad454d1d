package dev.parley.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.RedisExecProvider;

/// A Redis 7.0 of its own, set as in production: append-only file synced every second, no eviction.
///
/// It listens on the loopback interface only and asks for no password.
///
/// *Thread*: safe for any; starting and closing block.
public final class RedisServer implements AutoCloseable {

    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private final ChildProcess process;
    private final int port;
    private final Path directory;
    private final boolean temporary;

    private RedisServer(ChildProcess process, int port, Path directory, boolean temporary) {
        this.process = process;
        this.port = port;
        this.directory = directory;
        this.temporary = temporary;
    }

    /// Starts a server on a free port, with data that [#close] deletes.
    ///
    /// @throws ServerStartException if it does not come up
    public static RedisServer start() {
        return start(Directories.temporary("parley-redis-"), FreePorts.next(), true);
    }

    /// Starts a server on a directory whose data is kept; it is made when missing.
    ///
    /// A server that was left running on the same directory by a killed JVM is ended first.
    ///
    /// @throws ServerStartException if it does not come up
    public static RedisServer start(Path dataDirectory, int port) {
        return start(dataDirectory.toAbsolutePath().normalize(), port, false);
    }

    private static RedisServer start(Path directory, int port, boolean temporary) {
        Path log = Directories.createPrivate(directory).resolve("server.log");
        Path pidFile = directory.resolve("server.pid");
        endLeftover(directory);
        ProcessBuilder command = new ProcessBuilder(
                        Executable.PATH.toString(),
                        "--port",
                        Integer.toString(port),
                        // The dash: a machine without IPv6 is fine.
                        "--bind",
                        "127.0.0.1",
                        "-::1",
                        "--dir",
                        directory.toString(),
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "everysec",
                        "--save",
                        "",
                        "--maxmemory-policy",
                        "noeviction",
                        // Whoever lists processes sees whose it is.
                        "--set-proc-title",
                        "no")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        ChildProcess process = ChildProcess.start("Redis", command, ChildProcess.StopSignal.TERM, STOP_GRACE);
        LeftoverProcess.note(pidFile, process.handle());
        RedisServer server = new RedisServer(process, port, directory, temporary);
        if (temporary) {
            ExitHook.open(() -> server);
        }
        server.awaitReady(log);
        return server;
    }

    /// Ends a server that a killed JVM has left running on a directory; answers its pid.
    public static Optional<Long> endLeftover(Path dataDirectory) {
        return LeftoverProcess.find(dataDirectory.resolve("server.pid")).map(leftover -> {
            LeftoverProcess.end(leftover, ChildProcess.StopSignal.TERM, STOP_GRACE);
            return leftover.pid();
        });
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Completes when the server has ended, for whatever reason.
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /// Where clients find it: `redis://localhost:1234`.
    public String uri() {
        return "redis://localhost:" + port;
    }

    /// Kills the server (SIGKILL), as a crash would; the data directory stays.
    public void kill() {
        process.kill();
    }

    /// Ends the server; temporary data is deleted. A second call does nothing.
    @Override
    public void close() {
        process.stop();
        ExitHook.forget(this);
        if (temporary) {
            Directories.delete(directory);
        }
    }

    private void awaitReady(Path log) {
        long end = System.nanoTime() + START_DEADLINE.toNanos();
        while (!answersPing()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new ServerStartException("Redis did not start on port " + port, log);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    /// Asks for `PONG`; while an append-only file is being loaded, the answer is an error.
    private boolean answersPing() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+PONG".equals(answers.readLine());
        } catch (IOException notYet) {
            return false;
        }
    }

    /// The program, unpacked once for each JVM and deleted at its end.
    private static final class Executable {

        static final Path PATH = unpack();

        private static Path unpack() {
            try {
                return RedisExecProvider.defaultProvider().get().toPath();
            } catch (IOException e) {
                throw new UncheckedIOException("Could not unpack Redis", e);
            }
        }
    }
}
