package dev.parley.local.system;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An embedded server as a part of the system.
sealed interface ServerProcess extends Running {

    /// Where the server keeps its data and its log.
    Path directory();

    @Override
    default List<String> lastLines() {
        try {
            List<String> lines = Files.readAllLines(directory().resolve("server.log"));
            return lines.subList(Math.max(0, lines.size() - LineBuffer.KEPT), lines.size());
        } catch (IOException e) {
            return List.of("(no log in " + directory() + ")");
        }
    }

    record Postgres(PostgresServer server, Path directory) implements ServerProcess {

        @Override
        public long pid() {
            return server.pid();
        }

        @Override
        public boolean isAlive() {
            return server.isAlive();
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return server.onExit();
        }

        @Override
        public void stop() {
            server.close();
        }

        @Override
        public void kill() {
            server.kill();
        }
    }

    record Redis(RedisServer server, Path directory) implements ServerProcess {

        @Override
        public long pid() {
            return server.pid();
        }

        @Override
        public boolean isAlive() {
            return server.isAlive();
        }

        @Override
        public CompletableFuture<Process> onExit() {
            return server.onExit();
        }

        @Override
        public void stop() {
            server.close();
        }

        @Override
        public void kill() {
            server.kill();
        }
    }
}
