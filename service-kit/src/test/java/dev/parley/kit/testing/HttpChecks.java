package dev.parley.kit.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every service with REST answers to requests that have no operation: extended by a test that boots it.
public abstract class HttpChecks {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LINK");

    private static final String LISTED = CorsChecks.LISTED;
    private static final String SOME_ID = "019ab1c2-0000-7000-8000-000000000001";

    private final String documentPath;

    /// @param documentPath where the service tells its OpenAPI document
    protected HttpChecks(String documentPath) {
        this.documentPath = documentPath;
    }

    @Test
    void tellsWhichMethodsAPathTakes() {
        var wrong = new ArrayList<String>();

        documentedMethods().forEach((template, methods) -> {
            var path = template.replaceAll("\\{[^}]+}", SOME_ID);
            var allow = String.join(", ", methods);
            for (var form : new TreeSet<>(List.of(path, path.replaceFirst("/$", "")))) {
                METHODS.stream().filter(method -> !methods.contains(method)).forEach(method -> {
                    var answer = given().request(method, form);
                    var code = method.equals("HEAD") ? "method_not_allowed" : answer.path("code");
                    if (answer.statusCode() != 405
                            || !allow.equals(answer.header("Allow"))
                            || !"method_not_allowed".equals(code)) {
                        wrong.add(method + " " + form + ": " + answer.statusLine() + ", " + answer.header("Allow"));
                    }
                });
                var options = given().options(form);
                if (options.statusCode() != 200 || !allow.equals(options.header("Allow"))) {
                    wrong.add("OPTIONS " + form + ": " + options.statusLine() + ", " + options.header("Allow"));
                }
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void tellsNoMethodsWhereNothingIs() {
        var answer = given().post("/nowhere/");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.header("Allow")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%zz/", "%", "?q=%zz", "?q=%", "%2", "%2?x", "a|b", "a\"b/", "<a>", "[a]/", "a^b?c"})
    void refusesATargetThatIsNoUri(String end) throws IOException {
        for (var path : List.of(readOnlyPath(), "/nowhere/")) {
            var answer = answer("GET " + path + end + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Origin: " + LISTED + "\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("\r\ncontent-type: application/problem+json\r\n")
                    .containsIgnoringCase("\r\ncache-control: no-store\r\n")
                    .containsIgnoringCase("\r\naccess-control-allow-origin: " + LISTED + "\r\n")
                    .contains("\"code\":\"malformed\"", "\"trace_id\":\"")
                    .contains("\"instance\":\"" + (end.startsWith("?") ? path : "/") + "\"");
        }
    }

    @Test
    void usesAConnectionAgainWhoseBodyNobodyRead() throws IOException {
        var post = "POST " + readOnlyPath() + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n[1,2]";
        var get = "GET /nowhere/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        assertThat(answer(post + get)).startsWith("HTTP/1.1 405 ").contains("HTTP/1.1 404 ");
    }

    /// A path that takes `GET` and nothing else.
    private String readOnlyPath() {
        return documentedMethods().entrySet().stream()
                .filter(path -> path.getValue().equals(Set.of("GET", "HEAD", "OPTIONS")))
                .findFirst()
                .orElseThrow()
                .getKey()
                .replaceAll("\\{[^}]+}", SOME_ID);
    }

    /// What the service sends until it closes the connection.
    private static String answer(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, Set<String>> documentedMethods() {
        var document = given().get(documentPath + "?format=json").asString();
        var methods = new TreeMap<String, Set<String>>();
        new DocumentedApi(document).operations().forEach(operation -> {
            var all = methods.computeIfAbsent(operation.path(), _ -> new TreeSet<>(Set.of("OPTIONS")));
            all.add(operation.method());
            if (operation.method().equals("GET")) {
                all.add("HEAD");
            }
        });
        assertThat(methods).isNotEmpty();
        return methods;
    }
}
