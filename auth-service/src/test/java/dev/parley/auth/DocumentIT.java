package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The OpenAPI document against the contract, which is written down here a second time: an operation that loses an
/// answer in the document, or is not in this table, fails.
@QuarkusTest
@WithTestResource(Backing.class)
class DocumentIT {

    private static final String ANY = "internal unavailable";
    private static final String BODY = " malformed validation_failed payload_too_large unsupported_media_type " + ANY;
    private static final String QUERY = " validation_failed " + ANY;
    private static final String BEARER = " unauthenticated";

    private static final Map<String, String> PROBLEMS = Map.ofEntries(
            Map.entry("POST /auth/register/", "username_taken email_taken registration_closed rate_limited" + BODY),
            Map.entry("POST /auth/login/", "invalid_credentials rate_limited" + BODY),
            Map.entry("POST /auth/refresh/", "token_reused unauthenticated forbidden rate_limited" + BODY),
            Map.entry("POST /auth/logout/", "unauthenticated forbidden" + BODY),
            Map.entry("GET /auth/session/", ANY + BEARER),
            Map.entry("POST /auth/forgot-password/", "rate_limited" + BODY),
            Map.entry("POST /auth/reset-password/", BODY),
            Map.entry("POST /auth/verify-email/", "email_taken" + BODY),
            Map.entry("POST /auth/change-email/", "email_taken rate_limited" + BODY + BEARER),
            Map.entry("POST /auth/change-password/", "rate_limited" + BODY + BEARER),
            Map.entry("GET /auth/sessions/", QUERY + BEARER),
            Map.entry("DELETE /auth/sessions/", QUERY + BEARER),
            Map.entry("DELETE /auth/sessions/{id}/", "not_found " + ANY + BEARER),
            Map.entry("GET /auth/me/", ANY + BEARER),
            Map.entry("PATCH /auth/me/", "rate_limited" + BODY + BEARER),
            Map.entry("POST /auth/erase-account/", "rate_limited" + BODY + BEARER),
            Map.entry("GET /auth/users/", "rate_limited" + QUERY + BEARER),
            Map.entry("GET /auth/users/{id}/", "user_not_found " + ANY + BEARER),
            Map.entry("POST /auth/ws-ticket/", "rate_limited " + ANY + BEARER),
            Map.entry("GET /auth/.well-known/jwks.json", ANY));

    @Test
    void tellsOfEveryProblemOfEveryOperation() {
        var document = Document.read();

        var told = new TreeMap<String, Set<String>>();
        document.operations().forEach(operation -> {
            var codes = new TreeSet<String>();
            operation
                    .node()
                    .path("responses")
                    .properties()
                    .forEach(answer -> Document.stream(
                                    answer.getValue().path("x-problem-codes").elements())
                            .forEach(code -> {
                                assertThat(ProblemCode.fromString(code.asText()).status())
                                        .as("%s %s", operation.id(), code.asText())
                                        .isEqualTo(Integer.parseInt(answer.getKey()));
                                codes.add(code.asText());
                            }));
            told.put(operation.method().toUpperCase(java.util.Locale.ROOT) + " " + operation.path(), codes);
        });

        var expected = new TreeMap<String, Set<String>>();
        PROBLEMS.forEach((operation, codes) ->
                expected.put(operation, new TreeSet<>(List.of(codes.strip().split(" +")))));
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void describesEveryAnswerWithItsBodyAndHeaders() {
        Document.read()
                .operations()
                .forEach(operation -> operation
                        .node()
                        .path("responses")
                        .properties()
                        .forEach(answer -> {
                            var name = operation.id() + " " + answer.getKey();
                            var node = answer.getValue();
                            assertThat(node.path("description").asText())
                                    .as(name)
                                    .isNotBlank();
                            switch (Integer.parseInt(answer.getKey())) {
                                case 200 -> assertThat(hasJson(node)).as(name).isTrue();
                                case 201 -> {
                                    assertThat(hasJson(node)).as(name).isTrue();
                                    assertThat(node.at("/headers/Location").isMissingNode())
                                            .as(name)
                                            .isFalse();
                                }
                                case 202, 204 ->
                                    assertThat(node.has("content")).as(name).isFalse();
                                default ->
                                    assertThat(node.at("/content/application~1problem+json/schema/$ref")
                                                    .asText())
                                            .as(name)
                                            .isEqualTo("#/components/schemas/Problem");
                            }
                            var header = switch (answer.getKey()) {
                                case "401" -> "WWW-Authenticate";
                                case "429", "503" -> "Retry-After";
                                default -> "";
                            };
                            if (!header.isEmpty()) {
                                assertThat(node.path("headers").has(header))
                                        .as(name)
                                        .isTrue();
                            }
                        }));
    }

    @Test
    void tellsWhichAnswersSetTheCookie() {
        var setting = Document.read()
                .operations()
                .filter(operation -> Document.stream(
                                operation.node().path("responses").elements())
                        .anyMatch(answer -> answer.path("headers").has("Set-Cookie")))
                .map(Document.Operation::id);

        assertThat(setting).containsExactlyInAnyOrder("register", "login", "refresh", "logout");
    }

    @Test
    void namesOperationsOnceAndPathsCanonically() {
        var document = Document.read();

        assertThat(document.root().path("openapi").asText()).startsWith("3.1");
        assertThat(document.operations().map(Document.Operation::id))
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(document.operations().map(Document.Operation::path))
                .allSatisfy(path -> assertThat(path).matches(".*/|.*/jwks\\.json"));
    }

    @Test
    void spellsMembersAsTheJsonDoes() {
        var schemas = Document.read().schemas();

        schemas.forEach((name, schema) -> schema.path("properties")
                .fieldNames()
                .forEachRemaining(member -> assertThat(member).as(name).matches("[a-z_]+")));
        assertThat(schemas).doesNotContainKeys("HttpProblem", "HttpValidationProblem", "Violation");
        assertThat(schemas.keySet()).noneMatch(name -> name.contains("."));
        assertThat(texts(schemas.get("Tokens").path("required")))
                .containsExactly("access_token", "token_type", "expires_in", "user");
        assertThat(texts(schemas.get("User").at("/properties/email/type"))).containsExactly("string", "null");
        assertThat(texts(schemas.get("UserRef").path("required")))
                .containsExactly("id", "username", "display_name", "deleted");
        assertThat(schemas.get("UserRef").at("/properties/id/format").asText()).isEqualTo("uuid");
        assertThat(schemas.get("RefreshTokenBody").has("required")).isFalse();
    }

    private static boolean hasJson(JsonNode answer) {
        return answer.path("content").path("application/json").has("schema");
    }

    private static List<String> texts(JsonNode array) {
        return Document.stream(array.elements()).map(JsonNode::asText).toList();
    }
}
