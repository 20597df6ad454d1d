package dev.parley.auth.login;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.auth.Document;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bad queries and paths: always a 4xx, and a problem that names the parameter.
@QuarkusTest
@WithTestResource(Backing.class)
class BadQueryIT {

    private static String bearer;
    private static Document document;

    @BeforeEach
    void prepare() {
        if (document == null) {
            document = Document.read();
            bearer = AuthApi.register().accessToken();
        }
    }

    record Query(String path, String name, String encoded) {}

    static Stream<Query> queries() {
        var cases = new ArrayList<Query>();
        var texts = List.of("%00", "ab%00", "a%0Ab", "ab%E2%80%AE", "a", "a".repeat(101));
        texts.forEach(text -> cases.add(new Query("/auth/users/", "q", text)));
        for (var ids :
                List.of("x", ",", "%00", "1-1-1-1-1", "a".repeat(3_000), "00000000-0000-0000-0000-00000000000g")) {
            cases.add(new Query("/auth/users/", "ids", ids));
        }
        for (var limit : List.of("0", "-1", "101", "%2B5", "1.5", "x", "%00", "1e1", "9".repeat(40), "%D9%A1")) {
            cases.add(new Query("/auth/users/?q=ab&", "limit", limit));
            cases.add(new Query("/auth/sessions/", "limit", limit));
        }
        for (var cursor : List.of("x", "AA", "%00", "!!!!", "a".repeat(3_000), "%F0%9F%98%80")) {
            cases.add(new Query("/auth/users/?q=ab&", "cursor", cursor));
            cases.add(new Query("/auth/sessions/", "cursor", cursor));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void namesTheParameterAtFault(Query bad) {
        var uri = bad.path() + (bad.path().contains("?") ? "" : "?") + bad.name() + "=" + bad.encoded();

        var answer = given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + bearer)
                .get(uri);

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation_failed"))
                .body("errors.field", equalTo(List.of(bad.name())));
        document.assertTells("GET", bad.path().replaceAll("\\?.*", ""), answer);
    }

    @Test
    void endsNothingForAnUnclearKeepCurrent() {
        for (var value : List.of("yes", "1", "TRUE", "%00", "true%20", "a".repeat(3_000))) {
            given().urlEncodingEnabled(false)
                    .header("Authorization", "Bearer " + bearer)
                    .delete("/auth/sessions/?keep_current=" + value)
                    .then()
                    .statusCode(400)
                    .body("errors.field", equalTo(List.of("keep_current")));
        }
    }

    /// What no HTTP client sends: never answered with a 5xx, and the connection lives or ends in good order.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /auth/users/?q=%zz HTTP/1.1",
                "GET /auth/users/?q=% HTTP/1.1",
                "GET /auth/users/?q=%ff%fe HTTP/1.1",
                "GET /auth/users/?username=%ed%a0%80abc HTTP/1.1",
                "GET /auth/users/?username=%00abc HTTP/1.1",
                "GET /auth/users/?ids=%ff HTTP/1.1",
                "GET /auth/users/?q=ab&limit=%zz HTTP/1.1",
                "GET /auth/users/?q=ab&q=cd HTTP/1.1",
                "GET /auth/users/%zz/ HTTP/1.1",
                "GET /auth/users/%00/ HTTP/1.1",
                "GET /auth/users/%ff/ HTTP/1.1",
                "DELETE /auth/sessions/%00/ HTTP/1.1",
                "DELETE /auth/sessions/%ff/ HTTP/1.1",
                "DELETE /auth/sessions/%zz/ HTTP/1.1",
                "GET /auth/%2e%2e/%2e%2e/q/health HTTP/1.1",
                "GET /auth/me/;x=%00 HTTP/1.1"
            })
    void survivesAnyTarget(String line) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer " + bearer
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).matches("(?s)HTTP/1.1 [24]\\d\\d .*");
        }
    }
}
