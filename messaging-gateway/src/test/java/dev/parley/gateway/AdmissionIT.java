package dev.parley.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.SocketTicket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class AdmissionIT {

    private final UserId alice = UserId.random();
    private final RoomId room = Scene.roomService().room(alice);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    RedisAPI redis;

    @AfterEach
    void endFaults() {
        Scene.roomService().end(Fault.INTERNAL_IS_DOWN);
    }

    @Test
    void takesTheTokenFromTheHeader() throws IOException {
        var client = ChatClient.open(
                port, "/ws/chat/" + room + "/", Map.of("Authorization", "Bearer " + Scene.token(alice)));

        var hello = client.await("hello", 1);
        assertThat(hello.getString("user_id")).isEqualTo(alice.toString());
        assertThat(UUID.fromString(hello.getString("connection_id")).version()).isEqualTo(7);
        client.close();
    }

    @Test
    void takesTheTokenFromTheSubprotocolAndNeverEchoesIt() throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + room + "/", "chat.v1", "bearer." + Scene.token(alice));

        assertThat(client.await("hello", 1).getString("user_id")).isEqualTo(alice.toString());
        assertThat(client.subprotocol()).isEqualTo("chat.v1");
        client.close();
    }

    @Test
    void takesATicketOnce() throws IOException {
        var ticket = SocketTicket.PREFIX + "of-alice";
        var bearer = new SocketTicket(
                alice,
                SessionId.random(),
                "alice",
                Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS));
        redis.set(List.of(SocketTicket.key(ticket), bearer.toText()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + ticket);

        var hello = client.await("hello", 1);
        assertThat(hello.getString("user_id")).isEqualTo(alice.toString());
        assertThat(hello.getInstant("token_expires_at")).isEqualTo(bearer.expiresAt());
        refused(given().queryParam("token", ticket), 401, "unauthenticated");
        client.close();
    }

    @Test
    void refusesTheSameOnTheUrlForManyRooms() throws IOException {
        var url = "/ws/chat/";
        refused(url, given(), 401, "unauthenticated").header("WWW-Authenticate", startsWith("Bearer"));
        refused(url, given().queryParam("token", "nonsense"), 401, "unauthenticated");
        refused(
                url,
                given().queryParam("token", Scene.token(alice)).header("Origin", "https://evil.example.org"),
                403,
                "forbidden");
        given().queryParam("token", Scene.token(alice))
                .get(url)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed"));
        given().post(url).then().statusCode(405).body("code", equalTo("method_not_allowed"));

        Scene.roomService().begin(Fault.INTERNAL_IS_DOWN);
        var client = ChatClient.open(port, url, "chat.v1", "bearer." + Scene.token(alice));
        client.await("hello", 1);
        client.close();
    }

    @Test
    void admitsManyWhoComeAtOnce() throws Exception {
        var path = "/ws/chat/" + room + "/?token=" + Scene.token(alice);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = Collections.nCopies(200, threads).stream()
                    .map(thread -> thread.submit(() -> ChatClient.open(port, path)))
                    .toList();

            for (var client : opening) {
                client.get().await("hello", 1);
                client.get().close();
            }
        }
    }

    static Stream<Map<String, String>> noHandshakes() {
        var good = Map.of(
                "Upgrade",
                "websocket",
                "Connection",
                "Upgrade",
                "Sec-WebSocket-Version",
                "13",
                "Sec-WebSocket-Key",
                "dGhlIHNhbXBsZSBub25jZQ==");
        return Stream.of(
                        Map.of("Upgrade", "h2c"),
                        Map.of("Connection", "keep-alive"),
                        Map.of("Sec-WebSocket-Version", "8"),
                        Map.of("Sec-WebSocket-Key", "abc"),
                        Map.of("Sec-WebSocket-Key", "c2hvcnQ="))
                .map(wrong -> {
                    var headers = new HashMap<>(good);
                    headers.putAll(wrong);
                    return headers;
                });
    }

    @ParameterizedTest
    @MethodSource("noHandshakes")
    void refusesWhatIsNoOpeningHandshake(Map<String, String> headers) throws IOException {
        var request =
                new StringBuilder("GET /ws/chat/?token=" + Scene.token(alice) + " HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readNBytes(300), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400 ");
            assertThat(answer.contains("Sec-WebSocket-Version: 13"))
                    .isEqualTo("8".equals(headers.get("Sec-WebSocket-Version")));
        }
    }

    @Test
    void answersTheUrlWithoutItsSlash() throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + room + "?token=" + Scene.token(alice));

        client.await("hello", 1);
        client.close();
    }

    @Test
    void refusesWhoHasNoToken() {
        refused(given(), 401, "unauthenticated").header("WWW-Authenticate", startsWith("Bearer"));
    }

    static Stream<String> badTokens() {
        var alice = UserId.random();
        var later = Instant.now().plusSeconds(900);
        return Stream.of(
                "",
                "nonsense",
                "a.b.c",
                Scene.token(alice, Instant.now().minusSeconds(60)),
                Scene.sign(Scene.claims(alice, later).issuer("somebody")),
                Scene.sign(Scene.claims(alice, later).audience("another")),
                Scene.sign(Scene.claims(alice, later).subject("nobody")),
                Scene.sign(Scene.claims(alice, later).claim("sid", "none")),
                Scene.claims(alice, later)
                        .jws()
                        .header("typ", "at+jwt")
                        .keyId("test-key")
                        .signWithSecret("x".repeat(64)),
                Scene.token(alice).replaceFirst("\\.[^.]*$", ".AAAA"));
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    void refusesABadToken(String token) {
        refused(given().queryParam("token", token), 401, "unauthenticated");
    }

    @Test
    void refusesTwoDifferentTokens() {
        refused(
                given().header("Authorization", "Bearer " + Scene.token(alice)).queryParam("token", Scene.token(alice)),
                401,
                "unauthenticated");
    }

    @Test
    void tellsAStrangerThatThereIsNoRoom() {
        refused(given().queryParam("token", Scene.token(UserId.random())), 404, "room_not_found");
    }

    @Test
    void tellsThatThereIsNoRoomOfAMisshapenId() {
        given().header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .queryParam("token", Scene.token(alice))
                .get("/ws/chat/nope/")
                .then()
                .statusCode(404)
                .body("code", equalTo("room_not_found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "https://evil.example.org", "http://app.example.org", "https://app.example.org.evil"})
    void refusesPagesOfOtherOrigins(String origin) {
        refused(given().queryParam("token", Scene.token(alice)).header("Origin", origin), 403, "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.org", "http://localhost:8080"})
    void letsListedOriginsIn(String origin) throws IOException {
        var client =
                ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice), Map.of("Origin", origin));

        client.await("hello", 1);
        client.close();
    }

    @Test
    void saysWhatItIsToAPlainRequest() {
        given().queryParam("token", Scene.token(alice))
                .get("/ws/chat/" + room + "/")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/chat/?token=%zz", "/ws/chat?token=%zz", "/ws/chat/%zz/", "/ws/chat/%zz", "/ws/chat/%"})
    void refusesAUrlThatCannotBeDecoded(String target) throws IOException {
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
            raw.setSoTimeout(10_000);
            var request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            raw.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            var answer = new String(raw.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "\"malformed\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "LINK"})
    void takesNoOtherMethod(String method) {
        for (var path : List.of("/ws/chat/" + room + "/", "/ws/chat/" + room, "/ws/chat/", "/ws/chat")) {
            given().request(method, path)
                    .then()
                    .statusCode(405)
                    .header("Allow", equalTo("GET"))
                    .body("code", equalTo("method_not_allowed"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "1.5", "99999999999999999999"})
    void namesAMisshapenPosition(String afterSeq) {
        refused(
                        given().queryParam("token", Scene.token(alice)).queryParam("after_seq", afterSeq),
                        400,
                        "validation_failed")
                .body("errors[0].field", equalTo("after_seq"));
    }

    @Test
    void saysThatItIsUnavailableWhenTheRoomServiceIs() {
        Scene.roomService().begin(Fault.INTERNAL_IS_DOWN);

        refused(given().queryParam("token", Scene.token(alice)), 503, "unavailable")
                .header("Retry-After", equalTo("2"));
    }

    private ValidatableResponse refused(RequestSpecification request, int status, String code) {
        return refused("/ws/chat/" + room + "/", request, status, code);
    }

    private ValidatableResponse refused(String url, RequestSpecification request, int status, String code) {
        return upgrade(request, url)
                .statusCode(status)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("code", equalTo(code))
                .body("type", equalTo("/docs/problems/" + code))
                .body("status", equalTo(status))
                .body("instance", equalTo(url));
    }

    private static ValidatableResponse upgrade(RequestSpecification request, String url) {
        return request.header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get(url)
                .then();
    }
}
