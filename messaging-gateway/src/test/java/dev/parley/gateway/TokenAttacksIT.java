package dev.parley.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.config.HttpClientConfig.httpClientConfig;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.Scene;
import dev.parley.kit.testing.StackTraces;
import dev.parley.kit.testing.TokenAttacks;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// No forged, altered or misplaced token opens a socket, in whichever of the three places it comes.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class TokenAttacksIT {

    private static final String TIMEOUT = "http.socket.timeout";

    /// A request line, in which the token is encoded, has 8 KiB.
    private static final int MAX_QUERY = 2_500;

    /// What may stand in a sub-protocol's name. Source: RFC 9110 §5.6.2, without what separates.
    private static final Predicate<String> NAME =
            Pattern.compile("[A-Za-z0-9._*+-]*").asMatchPredicate();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final UserId alice = UserId.random();
    private final RoomId room = Scene.roomService().room(alice);
    private final String good = Scene.token(alice);
    private final TokenAttacks attacks = new TokenAttacks(good, Scene.keys());

    @Test
    void takesTheTokenTheyAreMadeFrom() throws IOException {
        for (var authorization : List.of("Bearer " + good, "bearer " + good, "Bearer " + attacks.control())) {
            var client = ChatClient.open(port, "/ws/chat/" + room + "/", Map.of("Authorization", authorization));
            client.await("hello", 1);
            client.close();
        }
    }

    @Test
    void refusesThemInTheHeader() {
        assertRefused(attacks.all(), (request, token) -> request.header("Authorization", "Bearer " + token));
        assertRefused(attacks.headers(), (request, header) -> request.header("Authorization", header));
    }

    @Test
    void refusesThemInTheQuery() {
        assertRefused(
                only(attacks.all(), token -> token.length() < MAX_QUERY),
                (request, token) -> request.queryParam("token", token));
    }

    @Test
    void refusesThemInTheSubprotocol() {
        assertRefused(
                only(attacks.all(), NAME),
                (request, token) -> request.header("Sec-WebSocket-Protocol", "chat.v1, bearer." + token));
    }

    private static Map<String, String> only(Map<String, String> attacks, Predicate<String> which) {
        var some = new LinkedHashMap<>(attacks);
        some.values().removeIf(which.negate());
        assertThat(some).hasSizeGreaterThan(60);
        return some;
    }

    private void assertRefused(
            Map<String, String> attacks, BiFunction<RequestSpecification, String, RequestSpecification> place) {
        var wrong = new ArrayList<String>();
        try (var stackTraces = new StackTraces()) {
            attacks.forEach((name, attack) -> {
                var answer = upgrade(place.apply(given(), attack));
                if (answer.statusCode() != 401
                        || answer.header("WWW-Authenticate") == null
                        || !"unauthenticated".equals(answer.path("code"))) {
                    wrong.add(name + ": " + answer.statusCode());
                }
            });
            wrong.addAll(stackTraces.found());
        }
        assertThat(wrong).isEmpty();
    }

    /// An upgrade that succeeds has no answer that this client could read: it gives up in time.
    private Response upgrade(RequestSpecification request) {
        return request.config(
                        RestAssuredConfig.config().httpClient(httpClientConfig().setParam(TIMEOUT, 10_000)))
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get("/ws/chat/" + room + "/");
    }
}
