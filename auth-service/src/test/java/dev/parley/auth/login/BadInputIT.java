package dev.parley.auth.login;

import static dev.parley.auth.login.BadBodies.ME;
import static dev.parley.auth.login.BadBodies.PATHS;
import static dev.parley.auth.login.BadBodies.WITH_BEARER;
import static dev.parley.auth.login.BadBodies.goodBody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.auth.Document;
import dev.parley.auth.login.BadBodies.Member;
import dev.parley.auth.login.BadBodies.Whole;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A table of bad requests, generated from the members of each endpoint: always a 4xx problem that names the member.
@QuarkusTest
@WithTestResource(Backing.class)
class BadInputIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static String bearer = "";
    private static Document document;

    @BeforeEach
    void readTheDocument() {
        if (document == null) {
            document = Document.read();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.parley.auth.login.BadBodies#members")
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

    @ParameterizedTest
    @MethodSource("dev.parley.auth.login.BadBodies#bodies")
    void callsWhatIsNoJsonObjectMalformed(Whole bad) {
        send(bad.path(), bad.body().getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("malformed"));
    }

    @ParameterizedTest
    @MethodSource("dev.parley.auth.login.BadBodies#invalidUtf8")
    void refusesInvalidUtf8(byte[] bad) {
        for (var path : PATHS) {
            for (var member : goodBody(path).keySet()) {
                var body = Buffer.buffer("{\"" + member + "\":\"abcdefgh")
                        .appendBytes(bad)
                        .appendString("\"}")
                        .getBytes();

                var answer = send(path, body);

                assertThat(answer.statusCode()).as("%s %s", path, member).isEqualTo(400);
            }
        }
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
        for (var path : PATHS) {
            for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "application/xml")) {
                var answer = withBearer(path, given().contentType(type).body("username=a"))
                        .request(method(path), path);

                answer.then()
                        .statusCode(415)
                        .contentType("application/problem+json")
                        .body("code", equalTo("unsupported_media_type"));
                document.assertTells(method(path), path, answer);
            }
        }
    }

    @Test
    void refusesABodyOver64KiB() {
        for (var path : PATHS) {
            var body = new LinkedHashMap<>(goodBody(path));
            body.put("filler", "a".repeat(66_000));

            var answer = withBearer(
                            path, given().contentType("application/json").body(body))
                    .request(method(path), path);

            answer.then()
                    .statusCode(413)
                    .contentType("application/problem+json")
                    .body("code", equalTo("payload_too_large"));
            document.assertTells(method(path), path, answer);
        }
    }

    @Test
    void asksForATokenBeforeItLooksAtTheBody() {
        for (var path : WITH_BEARER) {
            var malformed = given().contentType("application/json").body("{");
            var large = given().contentType("application/json").body("{\"a\":\"" + "a".repeat(66_000) + "\"}");
            var text = given().contentType("text/plain").body("a");
            for (var request : List.of(malformed, large, text)) {
                request.request(method(path), path).then().statusCode(401).body("code", equalTo("unauthenticated"));
            }
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
        var answer = withBearer(path, given().contentType("application/json").body(body))
                .request(method(path), path);
        document.assertTells(method(path), path, answer);
        return answer;
    }

    private static RequestSpecification withBearer(String path, RequestSpecification request) {
        return WITH_BEARER.contains(path) ? request.header("Authorization", "Bearer " + bearer()) : request;
    }

    private static String bearer() {
        if (bearer.isEmpty()) {
            bearer = AuthApi.register().accessToken();
        }
        return bearer;
    }

    private static String method(String path) {
        return path.equals(ME) ? "PATCH" : "POST";
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
