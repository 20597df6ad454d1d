package dev.parley.local.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.embedded.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngressTest {

    private static final long DEADLINE_SECONDS = 20;

    private final int port = FreePorts.next();
    private final int echoPort = FreePorts.next();
    private final int deadPort = FreePorts.next();
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final CompletableFuture<ServerWebSocket> accepted = new CompletableFuture<>();
    private Ingress ingress;

    @BeforeEach
    void start() throws Exception {
        vertx.createHttpServer(new HttpServerOptions().setPort(echoPort).setHost("127.0.0.1"))
                .requestHandler(this::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        ingress = Ingress.start(
                port, List.of(new Route("/chat", echoPort), new Route("/ws", echoPort), new Route("/auth", deadPort)));
    }

    @AfterEach
    void stop() {
        http.shutdownNow();
        ingress.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void passesRequestAndAnswerOn() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/chat/rooms/?limit=2&q=%C3%BC")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\":\"ü\"}"))
                        .header("Authorization", "Bearer secret")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        JsonObject seen = new JsonObject(answer.body());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location")).contains("/chat/rooms/1/");
        assertThat(seen.getString("method")).isEqualTo("PATCH");
        assertThat(seen.getString("uri")).isEqualTo("/chat/rooms/?limit=2&q=%C3%BC");
        assertThat(seen.getString("authorization")).isEqualTo("Bearer secret");
        assertThat(seen.getString("host")).isEqualTo("localhost:" + port);
        assertThat(seen.getString("body")).isEqualTo("{\"name\":\"ü\"}");
    }

    @Test
    void replacesWhatClientClaimsOfItself() throws Exception {
        JsonObject seen = new JsonObject(http.send(
                        request("/chat/")
                                .header("X-Forwarded-For", "203.0.113.9")
                                .header("Forwarded", "for=203.0.113.9")
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());

        assertThat(seen.getString("forwarded_for")).isIn("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
        assertThat(seen.getString("forwarded_proto")).isEqualTo("http");
        assertThat(seen.getString("forwarded_host")).isEqualTo("localhost:" + port);
        assertThat(seen.getString("forwarded")).isNull();
    }

    @Test
    void passesLargeBodiesBothWays() throws Exception {
        String body = "x".repeat(8_000_000);

        HttpResponse<String> answer = http.send(
                request("/chat/")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(new JsonObject(answer.body()).getString("body")).isEqualTo(body);
    }

    @Test
    void hidesWhatNoRouteNames() throws Exception {
        for (String path : List.of("/", "/internal/users", "/q/health/ready", "/chatter/", "/CHAT/", "/docs/")) {
            HttpResponse<String> answer = http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            JsonObject problem = new JsonObject(answer.body());
            assertThat(problem.getString("trace_id")).matches("[0-9a-f]{32}");
            problem.remove("trace_id");
            assertThat(problem)
                    .isEqualTo(new JsonObject()
                            .put("type", "/docs/problems/not_found")
                            .put("title", "There is no such resource")
                            .put("status", 404)
                            .put("detail", "Nothing is served at this path")
                            .put("instance", path)
                            .put("code", "not_found"));
        }
    }

    @Test
    void answersForServiceThatIsAway() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/auth/login/?token=secret")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo("unavailable");
        assertThat(problem.getString("instance")).isEqualTo("/auth/login/");
    }

    @Test
    void answersForServiceThatDiesInTheMiddle() throws Exception {
        HttpResponse<String> answer = http.send(request("/chat/die").build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unavailable");
    }

    @Test
    void passesFramesBothWaysFromTheFirst() throws Exception {
        Frames frames = new Frames();
        WebSocket socket = connect("/ws/echo", frames);

        socket.sendText("ünï", true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);

        assertThat(frames.next()).isEqualTo("hello");
        assertThat(frames.next()).isEqualTo("ünï");
        assertThat(socket.getSubprotocol()).isEqualTo("chat.v1");
    }

    @Test
    void passesCloseCodesBothWays() throws Exception {
        Frames frames = new Frames();
        WebSocket socket = connect("/ws/echo", frames);
        frames.next();

        socket.sendText("close 4403", true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);

        assertThat(frames.closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(4403);
    }

    @Test
    void passesRefusedUpgradeOnWhole() {
        assertThatThrownBy(() -> connect("/ws/refuse", new Frames()))
                .isInstanceOfSatisfying(CompletionException.class, failure -> {
                    HttpResponse<?> refusal = ((WebSocketHandshakeException) failure.getCause()).getResponse();
                    assertThat(refusal.statusCode()).isEqualTo(401);
                    assertThat(refusal.headers().firstValue("WWW-Authenticate")).contains("Bearer");
                });
    }

    @Test
    void passesBodyOfRefusedUpgrade() throws Exception {
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
            raw.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            raw.getOutputStream().write(upgrade("/ws/refuse"));

            String answer = readUntil(raw, "\"unauthenticated\"}");

            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("{\"code\":\"unauthenticated\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0", "HTTP/1.1"})
    void answersARequestWithoutHost(String version) throws Exception {
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
            raw.setSoTimeout((int) TimeUnit.SECONDS.toMillis(DEADLINE_SECONDS));
            raw.getOutputStream()
                    .write(("GET /auth/ " + version + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(readUntil(raw, " ")).startsWith("HTTP/1.");
        }
    }

    @Test
    void answersUpgradeForServiceThatIsAway() {
        assertThatThrownBy(() -> connect("/auth/", new Frames()))
                .isInstanceOfSatisfying(CompletionException.class, failure -> {
                    HttpResponse<?> refusal = ((WebSocketHandshakeException) failure.getCause()).getResponse();
                    assertThat(refusal.statusCode()).isEqualTo(503);
                    assertThat(refusal.headers().firstValue("Retry-After")).contains("2");
                });
    }

    @Test
    void tellsClientOfServicesAbruptEnd() throws Exception {
        Frames frames = new Frames();
        connect("/ws/echo", frames);
        frames.next();

        vertx.close().toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);

        frames.ended.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void tellsServiceOfClientsAbruptEnd() throws Exception {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        WebSocket socket = connect("/ws/echo", new Frames());
        accepted.get(DEADLINE_SECONDS, TimeUnit.SECONDS).closeHandler(gone -> ended.complete(null));

        socket.abort();

        ended.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /// What a client does not read has to stay with the service, whose queue is bounded, not here.
    @Test
    void holdsServiceBackWhenClientDoesNotRead() throws Exception {
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
            raw.getOutputStream().write(upgrade("/ws/echo"));
            ServerWebSocket service = accepted.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            CompletableFuture<Integer> stuckAfter = new CompletableFuture<>();

            fill(service, 0, stuckAfter);

            // Socket buffers on both sides of the ingress take some megabytes, 256 MB they do not.
            assertThat(stuckAfter.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isLessThan(256);
        }
    }

    /// Writes megabytes until nothing was drained for a second.
    private void fill(ServerWebSocket service, int written, CompletableFuture<Integer> stuckAfter) {
        if (written == 256) {
            stuckAfter.complete(written);
            return;
        }
        long timer = vertx.setTimer(1_000, late -> stuckAfter.complete(written));
        service.writeBinaryMessage(Buffer.buffer(new byte[1_000_000])).onSuccess(done -> {
            vertx.cancelTimer(timer);
            fill(service, written + 1, stuckAfter);
        });
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/ws/echo")) {
            request.response().putHeader("Sec-WebSocket-Protocol", "chat.v1");
            request.toWebSocket().onSuccess(this::echo);
        } else if (request.path().equals("/ws/refuse")) {
            request.response()
                    .setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Bearer")
                    .end("{\"code\":\"unauthenticated\"}");
        } else if (request.path().equals("/chat/die")) {
            request.connection().close();
        } else {
            request.body()
                    .onSuccess(body -> request.response()
                            .setStatusCode(201)
                            .putHeader("Location", "/chat/rooms/1/")
                            .end(new JsonObject()
                                    .put("method", request.method().name())
                                    .put("uri", request.uri())
                                    .put("host", request.getHeader("Host"))
                                    .put("authorization", request.getHeader("Authorization"))
                                    .put("forwarded", request.getHeader("Forwarded"))
                                    .put("forwarded_for", request.getHeader("X-Forwarded-For"))
                                    .put("forwarded_proto", request.getHeader("X-Forwarded-Proto"))
                                    .put("forwarded_host", request.getHeader("X-Forwarded-Host"))
                                    .put("body", body.toString())
                                    .toBuffer()));
        }
    }

    private void echo(ServerWebSocket socket) {
        socket.textMessageHandler(text -> {
            if (text.startsWith("close ")) {
                socket.close(Short.parseShort(text.substring("close ".length())));
            } else {
                socket.writeTextMessage(text);
            }
        });
        socket.writeTextMessage("hello");
        accepted.complete(socket);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private WebSocket connect(String path, Frames frames) {
        return http.newWebSocketBuilder()
                .subprotocols("chat.v1")
                .buildAsync(URI.create("ws://localhost:" + port + path), frames)
                .join();
    }

    private byte[] upgrade(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                        + "\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("Ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /// What a client sees of its socket.
    private static final class Frames implements WebSocket.Listener {

        private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        String next() throws InterruptedException, TimeoutException {
            String text = texts.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (text == null) {
                throw new TimeoutException("No frame within " + DEADLINE_SECONDS + " s");
            }
            return text;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            ended.complete(null);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended.complete(null);
        }
    }
}
