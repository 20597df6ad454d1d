package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.embedded.MailCatcher;
import dev.parley.kit.testing.DocumentedApi;
import dev.parley.kit.testing.DocumentedApi.Operation;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Executes the OpenAPI document: every operation is called, every request example is sent, and every answer is held to
/// the schema that the document has for it.
@QuarkusTest
@WithTestResource(Backing.class)
class ExamplesIT {

    // The tokens of the document's examples.
    private static final String REFRESH_TOKEN = "3q2-7wE6Zb0fX9v1cYhQm5dUuJ8sLr4Ka2PnTgWxVyM";
    private static final String MAILED_TOKEN = "kJ8sLr4Ka2PnTgWxVyM3q27wE6Zb0fX9v1cYhQm5dUu";

    MailCatcher mail;

    private DocumentedApi api;
    private AuthApi.Account ada;

    @BeforeEach
    void setUp() {
        api = new DocumentedApi(given().get("/auth/openapi?format=json").asString());
        ada = AuthApi.register();
    }

    @Test
    void operationsAnswerAsDescribed() {
        api.operations().stream()
                .filter(operation -> operation.requests().isEmpty())
                .forEach(operation -> {
                    ada = AuthApi.register();

                    var answer = call(operation, null);

                    assertSuccess(operation, answer);
                });
    }

    @Test
    void examplesAreTakenAndAnsweredAsDescribed() {
        api.operations()
                .forEach(operation -> operation.requests().forEach((name, example) -> {
                    ada = AuthApi.register();

                    var answer = call(operation, example);

                    assertSuccess(operation, answer);
                }));
    }

    @Test
    void everyWayToFindUsersIsAsDescribed() {
        var operation = api.operation("findUsers");
        for (var query :
                List.of("q=" + ada.username().substring(0, 6), "username=" + ada.username(), "ids=" + ada.id())) {
            var answer = ada.bearer().get(operation.path() + "?" + query);

            assertSuccess(operation, answer);
            assertThat(answer.<List<String>>path("items.id")).as(query).contains(ada.id());
        }
    }

    @Test
    void anErasedAccountIsAsDescribed() {
        ada.bearer()
                .contentType("application/json")
                .body(Map.of("password", AuthApi.PASSWORD))
                .post("/auth/erase-account/")
                .then()
                .statusCode(204);

        var answer = AuthApi.register().bearer().get("/auth/users/" + ada.id() + "/");

        assertSuccess(api.operation("getUser"), answer);
        assertThat(answer.<Boolean>path("deleted")).isTrue();
    }

    @Test
    void problemsAreAsDescribed() {
        api.operations().stream().filter(operation -> !operation.isPublic()).forEach(operation -> {
            var answer = given().contentType("application/json").request(operation.method(), path(operation));

            assertThat(answer.statusCode()).as(operation.id()).isEqualTo(401);
            api.assertTells(operation, 401, answer.asString());
        });
        var answer = AuthApi.login(ada.username(), "wrong");
        assertThat(answer.statusCode()).isEqualTo(401);
        api.assertTells(api.operation("login"), 401, answer.asString());
    }

    @Test
    void boundsOfTextsAreTheServices() {
        api.operations().stream()
                .filter(operation -> !operation.requests().isEmpty())
                .forEach(operation -> api.requestSchema(operation)
                        .path("properties")
                        .properties()
                        .forEach(member -> {
                            var most = member.getValue().path("maxLength").asInt();
                            if (most > 0) {
                                assertRefused(operation, member.getKey(), "a".repeat(most + 1));
                            }
                            var least = member.getValue().path("minLength").asInt();
                            if (least > 0) {
                                assertRefused(operation, member.getKey(), "a".repeat(least - 1));
                            }
                        }));
    }

    @Test
    void longestTextsAreTaken() {
        var registration = example("register", "usual")
                .put("display_name", "é".repeat(64))
                .put("device_name", "😀".repeat(100))
                .put("password", "a long one, ".repeat(10) + "12345678");

        var answer = call(api.operation("register"), registration);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    }

    /// What the document says in words, since no operation is reached.
    @Test
    void boundsOfRequestsAreTheServices() {
        var longLine = ada.bearer().get("/auth/users/?q=" + "a".repeat(8_192));
        var manyHeaders = ada.bearer().header("X-Long", "a".repeat(16_384)).get("/auth/me/");
        var accepting = ada.bearer().accept("text/plain").get("/auth/me/");

        assertThat(longLine.statusCode()).isEqualTo(414);
        assertThat(longLine.asString()).isEmpty();
        assertThat(manyHeaders.statusCode()).isEqualTo(431);
        assertThat(manyHeaders.asString()).isEmpty();
        assertThat(accepting.statusCode()).isEqualTo(200);
        assertThat(accepting.contentType()).startsWith("application/json");
    }

    @Test
    void itsOwnExamplesFitItsSchemas() {
        assertThat(api.wrongExamples()).isEmpty();
    }

    @Test
    void nothingIsWithoutWords() {
        assertThat(api.undescribed()).isEmpty();
    }

    private ObjectNode example(String operation, String name) {
        return api.operation(operation).requests().get(name).deepCopy();
    }

    private void assertRefused(Operation operation, String member, String text) {
        var example = operation.requests().values().iterator().next().<ObjectNode>deepCopy();
        var answer = call(operation, example.put(member, text));

        assertThat(answer.<List<String>>path("errors.field"))
                .as("%s %s of %s characters: %s", operation.id(), member, text.length(), answer.asString())
                .containsExactly(member);
    }

    private Response call(Operation operation, @Nullable JsonNode body) {
        // Somebody new registers; everything else is done by the account there is.
        var username = operation.id().equals("register") ? AuthApi.newUsername() : ada.username();
        var request = operation.isPublic() && !operation.id().equals("logout") ? given() : ada.bearer();
        if (body != null) {
            request.contentType("application/json").body(real(operation, body.toString(), username));
        }
        return request.request(operation.method(), path(operation));
    }

    private String path(Operation operation) {
        return switch (operation.id()) {
            case "endSession" -> operation.path().replace("{id}", ada.sessionId());
            case "findUsers" -> operation.path() + "?username=" + ada.username();
            default -> operation.path().replace("{id}", ada.id());
        };
    }

    private String real(Operation operation, String example, String username) {
        return example.replace("\"ada\"", "\"" + username + "\"")
                .replace("ada@", username + "@")
                .replace(REFRESH_TOKEN, ada.refreshToken())
                .replace(MAILED_TOKEN, example.contains(MAILED_TOKEN) ? mailedToken(operation) : "");
    }

    private String mailedToken(Operation operation) {
        var mailbox = new Mailbox(mail, ada.username() + "@example.com");
        if (operation.id().equals("verifyEmail")) {
            return Mailbox.token(mailbox.await("Confirm your e-mail address", 1));
        }
        AuthApi.post("/auth/forgot-password/", Map.of("email", mailbox.address()))
                .then()
                .statusCode(202);
        return Mailbox.token(mailbox.await("Reset your password", 1));
    }

    private void assertSuccess(Operation operation, Response answer) {
        assertThat(answer.statusCode())
                .as("%s: %s", operation.id(), answer.asString())
                .isBetween(200, 299);
        api.assertTells(operation, answer.statusCode(), answer.asString());
    }
}
