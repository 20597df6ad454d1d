package dev.parley.room;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.testing.StackTraces;
import dev.parley.kit.testing.TokenAttacks;
import dev.parley.model.id.UserId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No forged, altered or misplaced token is taken.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class TokenAttacksIT {

    private String good = "";
    private TokenAttacks attacks;

    @BeforeEach
    void takeAGoodToken() {
        good = TestTokens.of(UserId.random());

        attacks = new TokenAttacks(good, TestTokens.keys());
    }

    @Test
    void takesTheTokenTheyAreMadeFrom() {
        given().header("Authorization", "Bearer " + good)
                .get("/chat/rooms/")
                .then()
                .statusCode(200);
        given().header("Authorization", "bearer " + good)
                .get("/chat/rooms/")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + attacks.control())
                .get("/chat/rooms/")
                .then()
                .statusCode(200);
    }

    @Test
    void refusesThemAll() {
        assertRefused(
                attacks.all(),
                token -> given().header("Authorization", "Bearer " + token).get("/chat/rooms/"));
    }

    @Test
    void refusesTheTokenWhereItDoesNotCount() {
        assertRefused(
                attacks.headers(),
                header -> given().header("Authorization", header).get("/chat/rooms/"));
        assertRefused(
                Map.of("query", good),
                token -> given().queryParam("token", token).get("/chat/rooms/"));
        assertRefused(
                Map.of("query", good),
                token -> given().queryParam("access_token", token).get("/chat/rooms/"));
        assertRefused(
                Map.of("a second one", TestTokens.of(UserId.random())),
                token -> given().header("Authorization", "Bearer " + good, "Bearer " + token)
                        .get("/chat/rooms/"));
    }

    private static void assertRefused(Map<String, String> attacks, Function<String, Response> request) {
        var wrong = new ArrayList<String>();
        try (var stackTraces = new StackTraces()) {
            attacks.forEach((name, attack) -> {
                var answer = request.apply(attack);
                if (answer.statusCode() != 401
                        || answer.header("WWW-Authenticate") == null
                        || !"unauthenticated".equals(answer.path("code"))) {
                    wrong.add(name + ": " + answer.statusCode() + " " + answer.asString());
                }
            });
            wrong.addAll(stackTraces.found());
        }
        assertThat(wrong).isEmpty();
    }
}
