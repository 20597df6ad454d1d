package dev.parley.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/// A PostgreSQL 18 of its own, durable as in production: `fsync` and `synchronous_commit` are on.
///
/// The server is run in the foreground as a child of this JVM. (The library that brings the binaries starts servers
/// through `pg_ctl` with `-F`: without `fsync`, detached, and therefore alive after its JVM's death.)
/// It listens on the loopback interface only, has no Unix socket, and lets the superuser `postgres` in without a
/// password; every other role needs its own. All clusters have the same collation, `C.UTF-8`, on every platform.
///
/// *Thread*: safe for any; starting and closing block.
public final class PostgresServer implements AutoCloseable {

    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);
    private static final String HOST_RULES = """
            # TYPE  DATABASE  USER      ADDRESS       METHOD
            host    all       postgres  127.0.0.1/32  trust
            host    all       postgres  ::1/128       trust
            host    all       all       127.0.0.1/32  scram-sha-256
            host    all       all       ::1/128       scram-sha-256
            """;

    private final ChildProcess process;
    private final int port;
    private final Path directory;
    private final boolean temporary;

    private PostgresServer(ChildProcess process, int port, Path directory, boolean temporary) {
        this.process = process;
        this.port = port;
        this.directory = directory;
        this.temporary = temporary;
    }

    /// Starts a server on a free port, with data that [#close] deletes.
    ///
    /// @throws ServerStartException if it does not come up
    public static PostgresServer start() {
        return start(Directories.temporary("parley-postgres-"), FreePorts.next(), true);
    }

    /// Starts a server on a directory whose data is kept; an empty or missing one is initialised.
    ///
    /// A server that was left running on the same directory by a killed JVM is ended first, and a directory whose
    /// initialisation was cut short is initialised anew.
    ///
    /// @throws ServerStartException if it does not come up
    public static PostgresServer start(Path dataDirectory, int port) {
        return start(dataDirectory.toAbsolutePath().normalize(), port, false);
    }

    private static PostgresServer start(Path directory, int port, boolean temporary) {
        Path binaries = PostgresBinaries.unpacked();
        Path log = Directories.createPrivate(directory).resolve("server.log");
        Path data = directory.resolve("data");
        endLeftover(directory);
        try {
            Files.deleteIfExists(log);
            if (!Files.exists(directory.resolve("initialised"))) {
                initialise(binaries, directory, data, log, temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ProcessBuilder command = command(binaries, "postgres", serverOptions(data, port), log);
        ChildProcess process = ChildProcess.start("PostgreSQL", command, ChildProcess.StopSignal.INT, STOP_GRACE);
        PostgresServer server = new PostgresServer(process, port, directory, temporary);
        if (temporary) {
            ExitHook.open(() -> server);
        }
        server.awaitReady(log);
        return server;
    }

    /// Ends a server that a killed JVM has left running on a directory; answers its pid.
    public static Optional<Long> endLeftover(Path dataDirectory) {
        Path pidFile = dataDirectory.resolve("data").resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(pidFile);
            // The pid on the first line, the start in epoch seconds on the third.
            Instant startedAt =
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return LeftoverProcess.find(Long.parseLong(lines.getFirst().strip()), startedAt)
                    .map(leftover -> {
                        LeftoverProcess.end(leftover, ChildProcess.StopSignal.INT, STOP_GRACE);
                        return leftover.pid();
                    });
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            // No file, or one that was cut short: PostgreSQL itself decides what a stale one means.
            return Optional.empty();
        }
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

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /// Makes a login role and a database that belongs to it and that no other role can enter.
    ///
    /// Idempotent: what exists stays, and the role takes the password given.
    public void createDatabase(String database, String user, String password) {
        new DatabaseOwners(jdbcUrl("postgres"), "postgres", "").create(database, user, password);
    }

    /// Kills the server (SIGKILL), as a crash would; the data directory stays.
    public void kill() {
        List<ProcessHandle> backends = process.handle().descendants().toList();
        process.kill();
        backends.forEach(ProcessHandle::destroyForcibly);
        backends.forEach(backend -> backend.onExit().join());
    }

    /// Ends the server by a fast shutdown; temporary data is deleted. A second call does nothing.
    @Override
    public void close() {
        process.stop();
        ExitHook.forget(this);
        if (temporary) {
            Directories.delete(directory);
        }
    }

    private static void initialise(Path binaries, Path directory, Path data, Path log, boolean temporary)
            throws IOException {
        Directories.delete(data);
        List<String> options = List.of(
                // A cluster that is deleted in the end need not survive a power cut while it is being made.
                temporary ? "--no-sync" : "--sync-method=fsync",
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF-8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        try (ChildProcess initdb = ChildProcess.start(
                "initdb", command(binaries, "initdb", options, log), ChildProcess.StopSignal.INT, STOP_GRACE)) {
            if (!initdb.await(START_DEADLINE) || initdb.exitCode() != 0) {
                throw new ServerStartException("PostgreSQL could not initialise " + data, log);
            }
        }
        Files.writeString(data.resolve("pg_hba.conf"), HOST_RULES);
        Files.createFile(directory.resolve("initialised"));
    }

    private static List<String> serverOptions(Path data, int port) {
        List<String> options = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=localhost",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on",
                "max_connections=200",
                "timezone=UTC",
                "log_timezone=UTC")) {
            options.add("-c");
            options.add(setting);
        }
        return options;
    }

    /// A command that runs as root too: PostgreSQL refuses that, but not in a user namespace where root is nobody.
    private static ProcessBuilder command(Path binaries, String program, List<String> options, Path log) {
        List<String> words = new ArrayList<>();
        if (isLinuxRoot()) {
            words.addAll(List.of("unshare", "--user"));
        }
        words.add(binaries.resolve("bin").resolve(program).toString());
        words.addAll(options);
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private static boolean isLinuxRoot() {
        Path self = Path.of("/proc/self");
        try {
            return Files.exists(self) && Files.getAttribute(self, "unix:uid") instanceof Integer uid && uid == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Path log) {
        long end = System.nanoTime() + START_DEADLINE.toNanos();
        while (true) {
            try (Connection connection = connect()) {
                if (connection.isValid(5)) {
                    return;
                }
            } catch (SQLException notYet) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    close();
                    throw new ServerStartException("PostgreSQL did not start on port " + port, log);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), "postgres", "");
    }
}
