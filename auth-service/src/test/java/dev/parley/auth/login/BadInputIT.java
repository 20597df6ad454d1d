package dev.parley.auth.login;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.registration;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.auth.login.BadInputIT.Case.Member;
import dev.parley.auth.login.BadInputIT.Case.Whole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A table of bad requests, generated from the members of each endpoint: always a 4xx problem that names the member.
@QuarkusTest
@WithTestResource(Backing.class)
class BadInputIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> WITH_BEARER =
            List.of("/auth/change-password/", "/auth/change-email/", "/auth/erase-account/");

    private static final List<String> PATHS = Stream.concat(
                    Stream.of(
                            "/auth/register/",
                            "/auth/login/",
                            "/auth/refresh/",
                            "/auth/forgot-password/",
                            "/auth/reset-password/",
                            "/auth/verify-email/"),
                    WITH_BEARER.stream())
            .toList();

    private static String bearer = "";

    sealed interface Case {
        String path();

        /// One member of an otherwise good body has `json` for a value, or is absent when that is empty.
        record Member(String path, String member, String json) implements Case {}

        /// The body as it is sent.
        record Whole(String path, String body) implements Case {}
    }

    static Stream<Case> members() {
        var cases = new ArrayList<Case>();
        for (var path : PATHS) {
            for (var member : goodBody(path).keySet()) {
                for (var json : List.of(
                        "",
                        "null",
                        "1",
                        "1.5",
                        "true",
                        "[]",
                        "[\"abc\"]",
                        "{}",
                        "{\"a\":1}",
                        "\"\"",
                        "\"\\u0000abcdefgh\"",
                        "\"abcdefgh\\ud800\"",
                        "\"" + "a".repeat(300) + "\"")) {
                    cases.add(new Member(path, member, json));
                }
            }
            for (var member : List.of("display_name", "device_name")) {
                for (var json : List.of(
                        "1",
                        "false",
                        "[]",
                        "{}",
                        "\"a\\nb\"",
                        "\"\\u202eabc\"",
                        "\"\\u0000\"",
                        "\"\\udc00\"",
                        "\"" + "a".repeat(101) + "\"")) {
                    if (path.equals("/auth/register/")
                            || (path.equals("/auth/login/") && member.equals("device_name"))) {
                        cases.add(new Member(path, member, json));
                    }
                }
            }
        }
        for (var json : List.of(
                "\"ab\"",
                "\"1abc\"",
                "\"a b c\"",
                "\"ädá\"",
                "\"\\u212aelvin\"",
                "\"admin\"",
                "\"ADMIN\"",
                "\"a@b\"")) {
            cases.add(new Member("/auth/register/", "username", json));
        }
        for (var json : List.of(
                "\"a\"",
                "\"a@\"",
                "\"@b\"",
                "\"a b@c.d\"",
                "\"a@b@c\"",
                "\"a@b\\r\\nBcc: c@d\"",
                "\"<a@b.c>\"",
                "\"ä@b.c\"",
                "\"a@-b.c\"")) {
            cases.add(new Member("/auth/register/", "email", json));
        }
        cases.add(new Member("/auth/register/", "password", "\"1234567\""));
        cases.add(new Member("/auth/register/", "password", "\"" + "a".repeat(129) + "\""));
        cases.add(new Member("/auth/register/", "display_name", "\"\""));
        cases.add(new Member("/auth/register/", "display_name", "\"" + "a".repeat(65) + "\""));
        // A long text may be a refresh token, as far as anybody can tell.
        cases.removeIf(bad ->
                bad.path().equals("/auth/refresh/") && ((Member) bad).json().length() > 300);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("members")
    void namesTheMemberAtFault(Member bad) throws Exception {
        var answer = send(bad.path(), bodyWith(bad));

        answer.then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation_failed"))
                .body("instance", equalTo(bad.path()))
                .body("errors.field", hasItem(bad.member()));
        assertThat(answer.jsonPath().getList("errors")).hasSize(1);
    }

    static Stream<Case> bodies() {
        return PATHS.stream()
                .flatMap(path -> Stream.of(
                                "",
                                " ",
                                "null",
                                "1",
                                "\"text\"",
                                "[]",
                                "[{}]",
                                "{",
                                "{]",
                                "{\"username\":}",
                                "{'username':'abc'}",
                                "{\"username\":\"abc\",}",
                                "{\"username\":\"abc\"} x",
                                "{\"username\":\"abc\"}{\"username\":\"abc\"}",
                                "{\"username\":\"abc\",\"username\":\"abc\"}",
                                "{\"username\":\"a\nb\"}",
                                "{\"username\":\"\\x\"}",
                                "{\"username\":NaN}",
                                "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                                "{\"x\":" + "{\"x\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}")
                        .map(body -> new Whole(path, body)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void callsWhatIsNoJsonObjectMalformed(Whole bad) {
        send(bad.path(), bad.body().getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("malformed"));
    }

    @Test
    void refusesInvalidUtf8() {
        send("/auth/login/", "{\"username\":\"abc\u00ff\",\"password\":\"x\"}".getBytes(StandardCharsets.ISO_8859_1))
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed"));
    }

    @Test
    void namesEveryMemberAtFault() {
        send("/auth/register/", "{\"username\":\"x\"}".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("username", "email", "password")))
                .body("errors.code", equalTo(List.of("invalid", "required", "required")));
    }

    @Test
    void takesJsonOnly() {
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
            given().contentType(type)
                    .body("username=a")
                    .post("/auth/login/")
                    .then()
                    .statusCode(415)
                    .contentType("application/problem+json")
                    .body("code", equalTo("unsupported_media_type"));
        }
    }

    @Test
    void refusesABodyOver64KiB() {
        var body = AuthApi.registration(newUsername());
        body.put("filler", "a".repeat(66_000));

        AuthApi.post("/auth/register/", body)
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("payload_too_large"));
    }

    @Test
    void asksForATokenBeforeItLooksAtTheBody() {
        for (var path : WITH_BEARER) {
            given().contentType("application/json").body("{").post(path).then().statusCode(401);
        }
    }

    @Test
    void boundsABodyOfUnannouncedLength() throws IOException, InterruptedException {
        var large = sendChunked("{\"username\":\"" + "x".repeat(70_000) + "\"}");
        var small = sendChunked("{\"username\":5}");

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("\"code\":\"payload_too_large\"");
        assertThat(small.statusCode()).isEqualTo(400);
        assertThat(small.body()).contains("\"field\":\"username\"");
    }

    @Test
    void knowsNoOtherPathsAndMethods() {
        given().get("/auth/login/").then().statusCode(405).body("code", equalTo("method_not_allowed"));
        given().get("/auth/nothing/").then().statusCode(404).body("code", equalTo("not_found"));
        given().get("/").then().statusCode(404).contentType("application/problem+json");
    }

    private static HttpResponse<String> sendChunked(String body) throws IOException, InterruptedException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/auth/register/"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static Response send(String path, byte[] body) {
        var request = given().contentType("application/json").body(body);
        if (WITH_BEARER.contains(path)) {
            if (bearer.isEmpty()) {
                bearer = AuthApi.register().accessToken();
            }
            request.header("Authorization", "Bearer " + bearer);
        }
        return request.post(path);
    }

    private static Map<String, Object> goodBody(String path) {
        return switch (path) {
            case "/auth/register/" -> registration(newUsername());
            case "/auth/login/" -> Map.of("username", "nobody-" + newUsername(), "password", PASSWORD);
            case "/auth/refresh/" -> Map.of("refresh_token", "unknown");
            case "/auth/forgot-password/" -> Map.of("email", "nobody@example.com");
            case "/auth/reset-password/" -> Map.of("token", "unknown", "new_password", PASSWORD);
            case "/auth/verify-email/" -> Map.of("token", "unknown");
            case "/auth/change-password/" -> Map.of("current_password", PASSWORD, "new_password", PASSWORD);
            case "/auth/change-email/" -> Map.of("current_password", PASSWORD, "new_email", "nobody@example.com");
            case "/auth/erase-account/" -> Map.of("password", PASSWORD);
            case String other -> throw new IllegalArgumentException(other);
        };
    }

    private static byte[] bodyWith(Member bad) throws Exception {
        var body = new LinkedHashMap<>(goodBody(bad.path()));
        body.remove(bad.member());
        var rest = JSON.writeValueAsString(body);
        var separator = body.isEmpty() ? "" : ",";
        var json = bad.json().isEmpty()
                ? rest
                : rest.substring(0, rest.length() - 1) + separator + "\"" + bad.member() + "\":" + bad.json() + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
