package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.local.system.ExternalServers;
import dev.parley.local.system.LocalSystem;
import dev.parley.local.system.Part;
import dev.parley.local.system.Ports;
import dev.parley.local.system.SystemOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `@parley/client` against a system of its own, with two gateways, two room services, and access tokens that live for
/// 15 s. The tests themselves are TypeScript (`clients/typescript/test/system`); they ask over HTTP for what they want
/// to be killed. `-Dparley.rounds=N` is how often, `-Dparley.seed=N` when and what.
class TypeScriptClientIT {

    private static final long DEADLINE_MINUTES = 10;

    @Test
    void losesNothingAndRepeatsNothing() throws IOException, InterruptedException {
        Path module = Path.of("").toAbsolutePath();
        Path client = module.resolveSibling("clients").resolve("typescript");
        try (PrintStream log = new PrintStream(
                        Files.newOutputStream(module.resolve("target/typescript-client.log")),
                        true,
                        StandardCharsets.UTF_8);
                LocalSystem system = LocalSystem.start(new SystemOptions(
                        module.getParent(),
                        module.resolve("target/parley-typescript"),
                        true,
                        Ports.free(2, 2),
                        ExternalServers.none(),
                        Map.of("PARLEY_AUTH_ACCESS_TOKEN_LIFETIME", "15S"),
                        log::println));
                Controls controls = Controls.open(system)) {

            ProcessBuilder command = new ProcessBuilder(node(client).toString(), "scripts/test.mjs", "system")
                    .directory(client.toFile())
                    .redirectErrorStream(true);
            command.environment().put("PARLEY_URL", system.publicUrl().toString());
            command.environment().put("PARLEY_CONTROLS", controls.url());
            command.environment().put("PARLEY_ROUNDS", System.getProperty("parley.rounds", "8"));
            command.environment()
                    .put(
                            "PARLEY_SEED",
                            System.getProperty("parley.seed", Long.toString(System.nanoTime() % 1_000_000)));
            Process tests = command.start();
            String output = read(tests);

            assertThat(tests.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)).isTrue();
            System.out.println(output);
            assertThat(tests.exitValue()).as("exit code; its output is above").isZero();
        }
    }

    /// The one that the client was compiled with, or `-Dnode=…`.
    private static Path node(Path client) throws IOException {
        String given = System.getProperty("node");
        if (given != null) {
            return Path.of(given);
        }
        try (var files = Files.walk(client.resolve("target/tools/node/driver"))) {
            return files.filter(file -> file.getFileName().toString().matches("node(\\.exe)?"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String read(Process process) throws IOException {
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// `POST /{part}/{kill|start|stop}`, as `/gateway-1/kill` and `/redis/start`: answered when it is done.
    private record Controls(HttpServer server) implements AutoCloseable {

        static Controls open(LocalSystem system) throws IOException {
            Map<String, Part> parts = Map.of(
                    "gateway-0", system.gateways().get(0),
                    "gateway-1", system.gateways().get(1),
                    "room", system.room(),
                    "redis", system.redis());
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                String[] path = exchange.getRequestURI().getPath().split("/", -1);
                Part part = parts.get(path[1]);
                switch (path[2]) {
                    case "kill" -> part.kill();
                    case "stop" -> part.stop();
                    case "start" -> part.start();
                    default -> throw new IllegalArgumentException(path[2]);
                }
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
            });
            server.start();
            return new Controls(server);
        }

        String url() {
            return "http://localhost:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
