package dev.parley.room;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.kit.testing.DocumentedApi;
import dev.parley.kit.testing.DocumentedApi.Operation;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import io.quarkus.test.common.QuarkusTestResource;
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
@QuarkusTestResource(BackingServers.class)
class ExamplesIT {

    // The ids of the document's examples.
    private static final String BOB = "019ab2c4-6f22-7b42-8d63-1e7a4c2f9b02";
    private static final String CAROL = "019ab2c4-7a33-7c53-9e74-2f8b5d3aac03";
    private static final String MESSAGE = "019ab2c5-3d66-7f86-81a7-5cbe8a6ddf06";

    FakeAuthService auth;

    private DocumentedApi api;
    private UserRef ada;
    private UserRef bob;
    private UserRef carol;
    private RoomId room;
    private String message;

    @BeforeEach
    void setUp() {
        api = new DocumentedApi(given().get("/chat/openapi?format=json").asString());
        newScene();
    }

    /// A group of Ada's with Bob in it, and her message there, to which both have reacted.
    private void newScene() {
        ada = auth.register("ada");
        bob = auth.register("bob");
        carol = auth.register("carol");
        room = group(ada, bob);
        message =
                send(ada, room, "Good morning").then().statusCode(201).extract().path("id");
        for (var user : List.of(ada, bob)) {
            as(user).put("/chat/rooms/{room}/messages/{id}/reactions/👍/", room.toString(), message)
                    .then()
                    .statusCode(204);
        }
    }

    @Test
    void operationsAnswerAsDescribed() {
        api.operations().stream()
                .filter(operation -> operation.requests().isEmpty())
                .forEach(operation -> {
                    newScene();

                    var answer = call(operation, null);

                    assertSuccess(operation, answer);
                });
    }

    @Test
    void examplesAreTakenAndAnsweredAsDescribed() {
        api.operations()
                .forEach(operation -> operation.requests().forEach((name, example) -> {
                    newScene();

                    var answer = call(operation, example);

                    assertSuccess(operation, answer);
                }));
    }

    @Test
    void repeatsAreAnsweredAsDescribed() {
        for (var repeat : List.of(
                example("createRoom", "group"), example("createRoom", "private"), example("sendMessage", "usual"))) {
            call(repeat.operation(), repeat.body()).then().statusCode(201);

            var answer = call(repeat.operation(), repeat.body());

            assertThat(answer.statusCode()).as(repeat.operation().id()).isEqualTo(200);
            assertSuccess(repeat.operation(), answer);
        }
    }

    @Test
    void everyKindOfEventIsAsDescribed() {
        var edited = send(ada, room, "first").then().extract().<String>path("id");
        as(ada).body(Map.of("content", "second")).patch("/chat/rooms/{room}/messages/{id}/", room.toString(), edited);
        as(ada).delete("/chat/rooms/{room}/messages/{id}/", room.toString(), edited);
        as(ada).delete("/chat/rooms/{room}/messages/{id}/reactions/👍/", room.toString(), message);
        as(ada).body(Map.of("user_ids", List.of(carol.id().toString())))
                .post("/chat/rooms/{room}/participants/", room.toString());
        var place = "/chat/rooms/" + room + "/participants/" + carol.id() + "/";
        as(ada).body(Map.of("role", "admin")).patch(place);
        as(ada).delete(place);
        as(ada).body(Map.of("name", "other")).patch("/chat/rooms/{room}/", room.toString());

        var answer = call(api.operation("listEvents"), null);

        assertSuccess(api.operation("listEvents"), answer);
        assertThat(answer.jsonPath().<String>getList("items.type"))
                .contains(
                        "message.created",
                        "message.updated",
                        "message.deleted",
                        "reaction.added",
                        "reaction.removed",
                        "participant.added",
                        "participant.updated",
                        "participant.removed",
                        "room.updated");
    }

    @Test
    void problemsAreAsDescribed() {
        api.operations().forEach(operation -> {
            var answer = given().contentType("application/json").request(operation.method(), path(operation));

            assertThat(answer.statusCode()).as(operation.id()).isEqualTo(401);
            api.assertTells(operation, 401, answer.asString());
        });
        var answer = as(carol).get("/chat/rooms/" + room + "/");
        assertThat(answer.statusCode()).isEqualTo(404);
        api.assertTells(api.operation("getRoom"), 404, answer.asString());
    }

    @Test
    void boundsOfTextsAreTheServices() {
        api.operations().stream()
                .filter(operation -> !operation.requests().isEmpty())
                .forEach(operation -> api.requestSchema(operation)
                        .path("properties")
                        .properties()
                        .forEach(member -> {
                            if (member.getValue().has("maxLength")) {
                                var most = member.getValue().path("maxLength").asInt();
                                assertRefused(operation, member.getKey(), "a".repeat(most + 1));
                                assertRefused(operation, member.getKey(), "");
                                assertTaken(operation, member.getKey(), "a".repeat(most));
                            }
                        }));
    }

    @Test
    void boundsOfNumbersInTheQueryAreTheServices() {
        api.operations()
                .forEach(operation -> operation.node().path("parameters").forEach(parameter -> {
                    var name = parameter.path("name").asText();
                    var schema = parameter.path("schema");
                    if (schema.has("maximum")) {
                        assertBound(operation, name, schema.path("maximum").asInt(), 1);
                    }
                    if (schema.has("minimum")) {
                        assertBound(operation, name, schema.path("minimum").asInt(), -1);
                    }
                }));
    }

    @Test
    void itsOwnExamplesFitItsSchemas() {
        assertThat(api.wrongExamples()).isEmpty();
    }

    @Test
    void nothingIsWithoutWords() {
        assertThat(api.undescribed()).isEmpty();
    }

    /// @param step to where it is refused
    private void assertBound(Operation operation, String name, int bound, int step) {
        assertThat(withQuery(operation, name, bound).statusCode())
                .as("%s ?%s=%s", operation.id(), name, bound)
                .isEqualTo(200);
        assertThat(withQuery(operation, name, bound + step).<List<String>>path("errors.field"))
                .as("%s ?%s=%s", operation.id(), name, bound + step)
                .containsExactly(name);
    }

    private void assertRefused(Operation operation, String member, String text) {
        assertThat(withMember(operation, member, text).<List<String>>path("errors.field"))
                .as("%s %s of %s characters", operation.id(), member, text.length())
                .containsExactly(member);
    }

    private void assertTaken(Operation operation, String member, String text) {
        newScene();
        assertThat(withMember(operation, member, text).statusCode())
                .as("%s %s of %s characters", operation.id(), member, text.length())
                .isBetween(200, 299);
    }

    /// The example of a group, for members that only groups have.
    private Response withMember(Operation operation, String member, String text) {
        var examples = operation.requests();
        var usual = examples.getOrDefault("group", examples.values().iterator().next());
        return call(operation, usual.<ObjectNode>deepCopy().put(member, text));
    }

    private Response withQuery(Operation operation, String name, int value) {
        var words = operation.id().equals("searchMessages") ? "&q=good" : "";
        return as(ada).request(operation.method(), path(operation) + "?" + name + "=" + value + words);
    }

    private record Example(Operation operation, JsonNode body) {}

    private Example example(String operation, String name) {
        var found = api.operation(operation);
        return new Example(found, found.requests().get(name));
    }

    private Response call(Operation operation, @Nullable JsonNode body) {
        var request = as(ada);
        if (body != null) {
            request.body(real(body.toString()));
        }
        var words = operation.id().equals("searchMessages") ? "?q=good" : "";
        return request.request(operation.method(), path(operation) + words);
    }

    private String path(Operation operation) {
        return operation
                .path()
                .replace("{room_id}", room.toString())
                .replace("{message_id}", message)
                .replace("{user_id}", bob.id().toString())
                .replace("{emoji}", "👍");
    }

    private String real(String example) {
        return example.replace(BOB, bob.id().toString())
                .replace(CAROL, carol.id().toString())
                .replace(MESSAGE, message);
    }

    private void assertSuccess(Operation operation, Response answer) {
        assertThat(answer.statusCode())
                .as("%s: %s", operation.id(), answer.asString())
                .isBetween(200, 299);
        api.assertTells(operation, answer.statusCode(), answer.asString());
    }
}
