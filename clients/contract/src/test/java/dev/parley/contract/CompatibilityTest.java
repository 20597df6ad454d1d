package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Seeds changes in the room service's real document, and looks what the check says of them.
class CompatibilityTest {

    private static final String ROOMS = "/paths/~1chat~1rooms~1";
    private static final String SCHEMAS = "/components/schemas/";

    private static Stream<Arguments> breakingChanges() {
        return Stream.of(
                breaking(
                        "GET /chat/rooms/: a body is required now",
                        document -> object(document, ROOMS + "/get")
                                .putObject("requestBody")
                                .put("required", true)),
                breaking(
                        "POST /chat/rooms/ is gone",
                        document -> object(document, ROOMS).remove("post")),
                breaking(
                        "GET /chat/search/ is gone",
                        document -> object(document, "/paths").remove("/chat/search/")),
                breaking(
                        "POST /chat/rooms/: operation id createRoom is makeRoom now",
                        document -> object(document, ROOMS + "/post").put("operationId", "makeRoom")),
                breaking(
                        "Message (received).reactions is gone",
                        document ->
                                object(document, SCHEMAS + "Message/properties").remove("reactions")),
                breaking(
                        "Message (received).edited_at may be absent now",
                        document -> removeText(document, SCHEMAS + "Message/required", "edited_at")),
                breaking(
                        "Message (received).content: type [string] is [null, string] now",
                        document -> nullable(object(document, SCHEMAS + "Message/properties/content"))),
                breaking(
                        "Message (received).seq: type [integer] is [string] now",
                        document -> object(document, SCHEMAS + "Message/properties/seq")
                                .put("type", "string")),
                breaking(
                        "Message (received).timestamp: format date-time is date now",
                        document -> object(document, SCHEMAS + "Message/properties/timestamp")
                                .put("format", "date")),
                breaking("NewRoom (sent).topic is new and required", document -> {
                    object(document, SCHEMAS + "NewRoom/properties")
                            .putObject("topic")
                            .put("type", "string");
                    array(document, SCHEMAS + "NewRoom/required").add("topic");
                }),
                breaking(
                        "NewRoom (sent).name is required now",
                        document ->
                                array(document, SCHEMAS + "NewRoom/required").add("name")),
                breaking(
                        "NewRoom (sent).client_room_id is gone",
                        document ->
                                object(document, SCHEMAS + "NewRoom/properties").remove("client_room_id")),
                breaking(
                        "NewMessage (sent).content: maxLength 8000 is 4000 now",
                        document -> object(document, SCHEMAS + "NewMessage/properties/content")
                                .put("maxLength", 4000)),
                breaking(
                        "NewMessage (sent).reply_to_id: minLength none is 36 now",
                        document -> object(document, SCHEMAS + "NewMessage/properties/reply_to_id")
                                .put("minLength", 36)),
                breaking(
                        "NewMessage (sent).content: pattern any is ^[a-z]+$ now",
                        document -> object(document, SCHEMAS + "NewMessage/properties/content")
                                .put("pattern", "^[a-z]+$")),
                breaking(
                        "NewParticipants (sent).user_ids[]: type [string] is [integer] now",
                        document -> object(document, SCHEMAS + "NewParticipants/properties/user_ids/items")
                                .put("type", "integer")),
                breaking(
                        "POST /chat/rooms/: answer 201 is gone",
                        document -> object(document, ROOMS + "/post/responses").remove("201")),
                breaking(
                        "POST /chat/rooms/: answer 429 is gone",
                        document -> object(document, ROOMS + "/post/responses").remove("429")),
                breaking(
                        "POST /chat/rooms/: answer 202 is a new way to succeed",
                        document -> object(document, ROOMS + "/post/responses").putObject("202")),
                breaking(
                        "POST /chat/rooms/: answer 201: header Location is gone",
                        document -> object(document, ROOMS + "/post/responses/201/headers")
                                .remove("Location")),
                breaking(
                        "POST /chat/rooms/: answer 429: header Retry-After may be absent now",
                        document -> object(document, ROOMS + "/post/responses/429/headers/Retry-After")
                                .put("required", false)),
                breaking(
                        "POST /chat/rooms/: answer 201: schema Room is Message now",
                        document -> object(document, ROOMS + "/post/responses/201/content/application~1json/schema")
                                .put("$ref", "#/components/schemas/Message")),
                breaking(
                        "POST /chat/rooms/: takes no application/json any more",
                        document -> object(document, ROOMS + "/post/requestBody/content")
                                .remove("application/json")),
                breaking(
                        "GET /chat/rooms/: parameter peer_id (query) is gone",
                        document -> removeParameter(document, "peer_id")),
                breaking(
                        "GET /chat/rooms/: parameter limit (query) is required now",
                        document -> parameter(document, "limit").put("required", true)),
                breaking(
                        "GET /chat/rooms/: parameter limit (query): maximum 100 is 50 now",
                        document -> ((ObjectNode) parameter(document, "limit").path("schema")).put("maximum", 50)),
                breaking(
                        "GET /chat/rooms/: parameter tenant (query) is new and required",
                        document -> array(document, ROOMS + "/get/parameters")
                                .addObject()
                                .put("name", "tenant")
                                .put("in", "query")
                                .put("required", true)
                                .putObject("schema")
                                .put("type", "string")),
                breaking(
                        "Room (received).participant_count: type [integer] is [integer, null] now",
                        document -> nullable(object(document, SCHEMAS + "Room/properties/participant_count"))),
                breaking("Message (received).sender may be null now", document -> {
                    var sender = object(document, SCHEMAS + "Message/properties/sender");
                    var options = sender.removeAll().putArray("anyOf");
                    options.addObject().put("$ref", "#/components/schemas/UserRef");
                    options.addObject().put("type", "null");
                }));
    }

    private static Stream<Arguments> compatibleChanges() {
        return Stream.of(
                compatible(
                        "a token is optional now",
                        document -> array(document, ROOMS + "/post/security").addObject()),
                compatible(
                        "a new operation",
                        document -> object(document, "/paths/~1chat~1unread~1")
                                .putObject("post")
                                .put("operationId", "resetUnread")),
                compatible("a new member of an answer", document -> {
                    object(document, SCHEMAS + "Message/properties")
                            .putObject("pinned")
                            .put("type", "boolean");
                    array(document, SCHEMAS + "Message/required").add("pinned");
                }),
                compatible(
                        "a new optional member of a request",
                        document -> object(document, SCHEMAS + "NewRoom/properties")
                                .putObject("topic")
                                .put("type", "string")),
                compatible(
                        "a request's member is required no more",
                        document -> removeText(document, SCHEMAS + "NewRoom/required", "participant_ids")),
                compatible(
                        "a longer text may be sent",
                        document -> object(document, SCHEMAS + "NewMessage/properties/content")
                                .put("maxLength", 9000)),
                compatible(
                        "a member of a request may be null",
                        document -> nullable(object(document, SCHEMAS + "NewMessage/properties/client_message_id"))),
                compatible(
                        "a member of an answer is never null any more",
                        document -> object(document, SCHEMAS + "Message/properties/client_message_id")
                                .put("type", "string")),
                compatible(
                        "a new problem",
                        document -> object(document, ROOMS + "/post/responses").putObject("409")),
                compatible(
                        "a new optional parameter",
                        document -> array(document, ROOMS + "/get/parameters")
                                .addObject()
                                .put("name", "tenant")
                                .put("in", "query")
                                .putObject("schema")
                                .put("type", "string")),
                compatible(
                        "other words",
                        document -> object(document, SCHEMAS + "Message").put("description", "Something said")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakingChanges")
    void findsWhatBreaksClients(String told, Consumer<JsonNode> change) throws IOException {
        var before = document();
        var after = document();
        change.accept(after);

        assertThat(Compatibility.breaks(before, after)).contains(told);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compatibleChanges")
    void letsPassWhatClientsHaveToExpect(String name, Consumer<JsonNode> change) throws IOException {
        var before = document();
        var after = document();
        change.accept(after);

        assertThat(after).as(name).isNotEqualTo(before);
        assertThat(Compatibility.breaks(before, after)).as(name).isEmpty();
    }

    @Test
    void refusesFormsItDoesNotUnderstand() throws IOException {
        var before = document();
        var after = document();
        object(after, SCHEMAS + "Message").putArray("oneOf").addObject();

        assertThatThrownBy(() -> Compatibility.breaks(before, after))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Message has oneOf");
    }

    @Test
    void findsThatATokenIsWanted() throws IOException {
        var before = document();
        var after = document();
        object(before, ROOMS + "/post").remove("security");

        assertThat(Compatibility.breaks(before, after)).containsExactly("POST /chat/rooms/: wants a token now");
    }

    private static Arguments breaking(String told, Consumer<JsonNode> change) {
        return arguments(told, change);
    }

    private static Arguments compatible(String name, Consumer<JsonNode> change) {
        return arguments(name, change);
    }

    private static JsonNode document() throws IOException {
        return CanonicalYaml.read(Files.readString(Path.of("../openapi/room-service.yaml")));
    }

    private static ObjectNode object(JsonNode document, String pointer) {
        return (ObjectNode) document.requiredAt(pointer);
    }

    private static ArrayNode array(JsonNode document, String pointer) {
        return (ArrayNode) document.requiredAt(pointer);
    }

    private static void nullable(ObjectNode schema) {
        var type = schema.path("type").asText();
        schema.putArray("type").add(type).add("null");
    }

    private static void removeText(JsonNode document, String pointer, String text) {
        var texts = array(document, pointer);
        for (int i = 0; i < texts.size(); i++) {
            if (texts.get(i).asText().equals(text)) {
                texts.remove(i);
            }
        }
    }

    private static ObjectNode parameter(JsonNode document, String name) {
        for (var parameter : array(document, ROOMS + "/get/parameters")) {
            if (parameter.path("name").asText().equals(name)) {
                return (ObjectNode) parameter;
            }
        }
        throw new AssertionError("no parameter " + name);
    }

    private static void removeParameter(JsonNode document, String name) {
        var parameters = array(document, ROOMS + "/get/parameters");
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).path("name").asText().equals(name)) {
                parameters.remove(i);
            }
        }
    }
}
