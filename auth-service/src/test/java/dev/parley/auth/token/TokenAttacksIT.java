package dev.parley.auth.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.kit.testing.StackTraces;
import dev.parley.kit.testing.TokenAttacks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No forged, altered or misplaced token is taken.
@QuarkusTest
@WithTestResource(Backing.class)
class TokenAttacksIT {

    @Inject
    SigningKeys keys;

    private String good = "";
    private TokenAttacks attacks;

    @BeforeEach
    void takeAGoodToken() {
        good = AuthApi.register().accessToken();
        var key = keys.current();
        attacks = new TokenAttacks(good, new KeyPair(key.publicKey(), key.privateKey()));
    }

    @Test
    void takesTheTokenTheyAreMadeFrom() {
        given().header("Authorization", "Bearer " + good)
                .get("/auth/me/")
                .then()
                .statusCode(200);
        given().header("Authorization", "bearer " + good)
                .get("/auth/me/")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + attacks.control())
                .get("/auth/me/")
                .then()
                .statusCode(200);
    }

    @Test
    void refusesThemAll() {
        assertRefused(
                attacks.all(),
                token -> given().header("Authorization", "Bearer " + token).get("/auth/me/"));
    }

    @Test
    void refusesTheTokenWhereItDoesNotCount() {
        assertRefused(
                attacks.headers(),
                header -> given().header("Authorization", header).get("/auth/me/"));
        assertRefused(
                Map.of("query", good),
                token -> given().queryParam("token", token).get("/auth/me/"));
        assertRefused(
                Map.of("query", good),
                token -> given().queryParam("access_token", token).get("/auth/me/"));
        assertRefused(
                Map.of("a second one", AuthApi.register().accessToken()),
                token -> given().header("Authorization", "Bearer " + good, "Bearer " + token)
                        .get("/auth/me/"));
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
