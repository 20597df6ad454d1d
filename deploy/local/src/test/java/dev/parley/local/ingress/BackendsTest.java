package dev.parley.local.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.embedded.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private static final int UP = 200;
    private static final int DOWN = 503;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = FreePorts.next();
    private final AtomicInteger firstReady = new AtomicInteger(UP);
    private final AtomicInteger secondReady = new AtomicInteger(UP);
    private List<HttpServer> servers = List.of();
    private Ingress ingress;

    @BeforeEach
    void start() throws IOException {
        var first = server("/chat", new AtomicInteger(UP), "first");
        var firstManagement = server("/q/health/ready", firstReady, "");
        var second = server("/chat", new AtomicInteger(UP), "second");
        var secondManagement = server("/q/health/ready", secondReady, "");
        servers = List.of(first, firstManagement, second, secondManagement);
        ingress = Ingress.start(
                port,
                List.of(new Route(
                        "/chat",
                        new Backends(List.of(
                                new Backends.Instance(
                                        first.getAddress().getPort(),
                                        firstManagement.getAddress().getPort()),
                                new Backends.Instance(
                                        second.getAddress().getPort(),
                                        secondManagement.getAddress().getPort()))))));
    }

    @AfterEach
    void stop() {
        ingress.close();
        servers.forEach(server -> server.stop(0));
        client.close();
    }

    @Test
    void takeTurns() throws Exception {
        awaitAnswersFrom(Set.of("first", "second"));
    }

    @Test
    void skipsOneThatIsNotReadyUntilItIs() throws Exception {
        awaitAnswersFrom(Set.of("first", "second"));

        secondReady.set(DOWN);
        awaitAnswersFrom(Set.of("first"));

        secondReady.set(UP);
        awaitAnswersFrom(Set.of("first", "second"));
    }

    @Test
    void letsAllTakeTurnsWhenNoneIsReady() throws Exception {
        firstReady.set(DOWN);
        secondReady.set(DOWN);

        awaitAnswersFrom(Set.of("first", "second"));
    }

    /// Until ten answers in a row come from exactly these.
    private void awaitAnswersFrom(Set<String> names) throws Exception {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        Set<String> answers;
        do {
            answers = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/chat/"))
                        .build();
                answers.add(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
            }
        } while (!answers.equals(names) && System.nanoTime() < end);
        assertThat(answers).isEqualTo(names);
    }

    private static HttpServer server(String path, AtomicInteger status, String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(path, exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status.get(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }
}
