package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.kit.testing.HttpChecks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for the headers of every request and answer.
@QuarkusTest
@WithTestResource(Backing.class)
class HttpEdgeIT extends HttpChecks {

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    HttpEdgeIT() {
        super("/auth/openapi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: garbage",
                "Content-Type: application/",
                "Content-Type: ;",
                "Content-Type: a/b/c",
                "Content-Type:",
                "Accept: x",
                "Content-Type: text/plain",
                "Content-Type: application/json;charset=utf-16",
                "Content-Type: application/json\r\nContent-Encoding: gzip"
            })
    void refusesABodyThatIsNotSaidToBeJsonOnceTheCallerIsKnown(String header) throws IOException {
        var caller = "Authorization: Bearer " + AuthApi.register().accessToken();

        assertThat(answer("PATCH /auth/me/", List.of(header, caller), "{}")).startsWith("HTTP/1.1 415 ");
        assertThat(answer("PATCH /auth/me/", List.of(header), "{}")).startsWith("HTTP/1.1 401 ");
        assertThat(answer("POST /auth/login/", List.of(header), "{}")).startsWith("HTTP/1.1 415 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/json",
                "Content-Type: Application/JSON; charset=UTF-8",
                "Content-Type: application/json;charset=\"utf-8\"; x=y",
                "Content-Type: application/json;"
            })
    void takesJsonHoweverItIsSpelled(String header) throws IOException {
        assertThat(answer("POST /auth/login/", List.of(header, "Accept: text/html"), "{}"))
                .startsWith("HTTP/1.1 400 ")
                .contains("validation_failed");
    }

    @Test
    void letsKeysBeKeptAndNothingElse() {
        var keys = given().get("/auth/.well-known/jwks.json").headers().getValues("Cache-Control");
        assertThat(keys).hasSize(1).first().asString().startsWith("public, max-age=");
        assertThat(given().get("/auth/me/").headers().getValues("Cache-Control"))
                .containsExactly("no-store");
        assertThat(given().get("/nowhere").headers().getValues("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void asksForACredentialOnce() {
        var refused = given().header("Authorization", "Bearer x").get("/auth/me/");

        refused.then().statusCode(401).body("code", equalTo("unauthenticated"));
        assertThat(refused.headers().getValues("WWW-Authenticate")).hasSize(1);
    }

    private String answer(String request, List<String> headers, String body) throws IOException {
        var text = request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n" + body;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
