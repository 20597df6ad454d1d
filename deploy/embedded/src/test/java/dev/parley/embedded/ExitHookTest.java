package dev.parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks at JVMs from outside: what they leave behind when they are told to end.
class ExitHookTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void endsServersOfJvmThatGotSigterm() throws Exception {
        Process jvm = jvmWithServers();
        try (var output = jvm.inputReader()) {
            ProcessHandle postgres =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            ProcessHandle redis =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();

            jvm.destroy();

            assertThat(jvm.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(postgres.isAlive()).isFalse();
            assertThat(redis.isAlive()).isFalse();
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void nextStartEndsServersOfKilledJvm() throws Exception {
        Process killed = jvmWithServers();
        try (var output = killed.inputReader()) {
            ProcessHandle postgres =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            ProcessHandle redis =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            killed.destroyForcibly().waitFor();
            assertThat(postgres.isAlive()).isTrue();

            try (PostgresServer next = PostgresServer.start(directory.resolve("postgres"), FreePorts.next());
                    RedisServer nextRedis = RedisServer.start(directory.resolve("redis"), FreePorts.next())) {
                assertThat(postgres.isAlive()).isFalse();
                assertThat(redis.isAlive()).isFalse();
                assertThat(next.isAlive()).isTrue();
                assertThat(nextRedis.isAlive()).isTrue();
            }
        }
    }

    private Process jvmWithServers() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Servers.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// The JVM under test: starts both servers, prints their pids, waits to be ended.
    static final class Servers {

        private Servers() {}

        static void main(String[] arguments) throws InterruptedException {
            Path directory = Path.of(arguments[0]);
            PostgresServer postgres = PostgresServer.start(directory.resolve("postgres"), FreePorts.next());
            RedisServer redis = RedisServer.start(directory.resolve("redis"), FreePorts.next());
            System.out.println(postgres.pid());
            System.out.println(redis.pid());
            Thread.currentThread().join();
        }
    }
}
