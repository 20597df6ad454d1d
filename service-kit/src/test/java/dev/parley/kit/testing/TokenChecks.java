package dev.parley.kit.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// No forged, altered or misplaced token is taken over REST: extended by a test that boots a service.
public abstract class TokenChecks {

    private final String path;
    private String good = "";
    private TokenAttacks attacks;

    /// @param path answers 200 to whoever has a token
    protected TokenChecks(String path) {
        this.path = path;
    }

    @BeforeEach
    void takeAGoodToken() {
        good = goodToken();
        attacks = new TokenAttacks(good, keys());
    }

    /// A new token that the service takes, of a new account.
    protected abstract String goodToken();

    /// What it was signed with.
    protected abstract KeyPair keys();

    @Test
    void takesTheTokenTheyAreMadeFrom() {
        given().header("Authorization", "Bearer " + good).get(path).then().statusCode(200);
        given().header("Authorization", "bearer " + good).get(path).then().statusCode(200);
        given().header("Authorization", "Bearer " + attacks.control())
                .get(path)
                .then()
                .statusCode(200);
    }

    @Test
    void refusesThemAll() {
        assertRefused(
                attacks.all(),
                token -> given().header("Authorization", "Bearer " + token).get(path));
    }

    @Test
    void refusesTheTokenWhereItDoesNotCount() {
        assertRefused(
                attacks.headers(),
                header -> given().header("Authorization", header).get(path));
        assertRefused(
                Map.of("query", good),
                token -> given().queryParam("token", token).get(path));
        assertRefused(
                Map.of("query", good),
                token -> given().queryParam("access_token", token).get(path));
        assertRefused(
                Map.of("a second one", goodToken()),
                token -> given().header("Authorization", "Bearer " + good, "Bearer " + token)
                        .get(path));
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
