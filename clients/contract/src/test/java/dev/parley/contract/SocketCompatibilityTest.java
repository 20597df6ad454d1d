package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Seeds changes in the socket's real document, and looks what the check says of them.
class SocketCompatibilityTest {

    private static final String SCHEMAS = "/components/schemas/";
    private static final String ROOM_URL = "/channels/room";

    private static Stream<Arguments> breakingChanges() {
        return Stream.of(
                breaking(
                        "channel room is gone",
                        document -> object(document, "/channels").remove("room")),
                breaking(
                        "channel manyRooms: /ws/chat/ is /ws/rooms/ now",
                        document -> object(document, "/channels/manyRooms").put("address", "/ws/rooms/")),
                breaking(
                        "channel room: query.after_seq is gone",
                        document -> object(document, ROOM_URL + "/bindings/ws/query/properties")
                                .remove("after_seq")),
                breaking(
                        "channel room: query.device is new and required",
                        document -> object(document, ROOM_URL + "/bindings/ws/query")
                                .putArray("required")
                                .add("device")),
                breaking(
                        "channel room: takes no typing (TypingChange) any more",
                        document -> remove(document, "/operations/receiveFromRoom/messages", "typingChange")),
                breaking(
                        "channel manyRooms: sends no room.removed (RoomRemoved) any more",
                        document -> remove(document, "/operations/sendToManyRooms/messages", "roomRemoved")),
                breaking(
                        "MessageCreated: frame type message.created is message.new now",
                        document -> object(document, "/components/messages/MessageCreated")
                                .put("name", "message.new")),
                breaking("close code 4508 is gone", document -> removeCode(document, 4508)),
                breaking(
                        "EventMessage (received).client_message_id is gone",
                        document -> object(document, SCHEMAS + "EventMessage/properties")
                                .remove("client_message_id")),
                breaking(
                        "SendAck (received).seq: type [integer] is [string] now",
                        document -> object(document, SCHEMAS + "SendAck/properties/seq")
                                .put("type", "string")),
                breaking(
                        "SendAck (received).timestamp: format date-time is date now",
                        document -> object(document, SCHEMAS + "SendAck/properties/timestamp")
                                .put("format", "date")),
                breaking("Hello (received).server_time may be absent now", document -> {
                    var required = (ArrayNode) document.requiredAt(SCHEMAS + "Hello/required");
                    required.removeIf(name -> name.asText().equals("server_time"));
                }),
                breaking(
                        "MessageSend (sent).reply_to_id is gone",
                        document -> object(document, SCHEMAS + "MessageSend/properties")
                                .remove("reply_to_id")),
                breaking("MessageSend (sent).topic is new and required", document -> {
                    object(document, SCHEMAS + "MessageSend/properties")
                            .putObject("topic")
                            .put("type", "string");
                    ((ArrayNode) document.requiredAt(SCHEMAS + "MessageSend/required")).add("topic");
                }),
                breaking(
                        "Read (sent).room_id is required now",
                        document -> ((ArrayNode) document.requiredAt(SCHEMAS + "Read/required")).add("room_id")),
                breaking(
                        "MessageSend (sent).content: maxLength 8000 is 100 now",
                        document -> object(document, SCHEMAS + "MessageSend/properties/content")
                                .put("maxLength", 100)),
                breaking(
                        "Subscribe (sent).rooms: maxItems 100 is 10 now",
                        document -> object(document, SCHEMAS + "Subscribe/properties/rooms")
                                .put("maxItems", 10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakingChanges")
    void findsWhatBreaksClients(String expected, Consumer<JsonNode> change) {
        var changed = document();
        change.accept(changed);

        assertThat(breaks(changed)).containsExactly(expected);
    }

    private static Stream<Arguments> harmlessChanges() {
        return Stream.of(
                arguments("no change", change(document -> {})),
                arguments(
                        "other words",
                        change(document -> object(document, SCHEMAS + "Hello").put("description", "Another"))),
                arguments(
                        "a new member of a frame that the server sends",
                        change(document -> object(document, SCHEMAS + "Hello/properties")
                                .putObject("region")
                                .put("type", "string"))),
                arguments(
                        "a new member that a client may send",
                        change(document -> object(document, SCHEMAS + "MessageSend/properties")
                                .putObject("topic")
                                .put("type", "string"))),
                arguments(
                        "a longer text",
                        change(document -> object(document, SCHEMAS + "MessageSend/properties/content")
                                .put("maxLength", 9_000))),
                arguments(
                        "a new close code",
                        change(document -> ((ArrayNode) document.requiredAt("/x-close-codes"))
                                .addObject()
                                .put("code", 4999))),
                arguments("a frame on another URL, too", change(document -> {
                    object(document, ROOM_URL + "/messages")
                            .putObject("unsubscribe")
                            .put("$ref", "#/components/messages/Unsubscribe");
                    ((ArrayNode) document.requiredAt("/operations/receiveFromRoom/messages"))
                            .addObject()
                            .put("$ref", "#" + ROOM_URL + "/messages/unsubscribe");
                })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmlessChanges")
    void lets(String what, Consumer<JsonNode> change) {
        var changed = document();
        change.accept(changed);

        assertThat(breaks(changed)).as(what).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        var changed = document();
        object(changed, SCHEMAS + "Hello").putArray("oneOf");

        assertThatThrownBy(() -> breaks(changed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Hello has oneOf");
    }

    @Test
    void knowsEveryFrameOfEveryUrl() {
        var promises = SocketPromises.of(document());

        assertThat(promises.at("/channels/manyRooms/receives").toString())
                .isEqualTo("[\"AuthRefresh\",\"MessageSend\",\"Ping\",\"Read\",\"Subscribe\",\"TypingChange\","
                        + "\"Unsubscribe\"]");
        assertThat(promises.at("/channels/room/sends"))
                .hasSize(26)
                .anySatisfy(key -> assertThat(key.asText()).isEqualTo("MessageCreated"));
        assertThat(promises.path("closeCodes").toString()).contains("1012", "4401", "4511");
        assertThat(promises.findValues("examples")).isEmpty();
    }

    private static List<String> breaks(JsonNode changed) {
        return SocketCompatibility.breaks(SocketPromises.of(document()), SocketPromises.of(changed));
    }

    private static Arguments breaking(String expected, Consumer<JsonNode> change) {
        return arguments(expected, change);
    }

    private static Consumer<JsonNode> change(Consumer<JsonNode> change) {
        return change;
    }

    private static JsonNode document() {
        try {
            return CanonicalYaml.read(Files.readString(Path.of("../asyncapi/gateway.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(JsonNode document, String pointer) {
        return (ObjectNode) document.requiredAt(pointer);
    }

    private static void remove(JsonNode document, String pointer, String key) {
        ((ArrayNode) document.requiredAt(pointer))
                .removeIf(reference -> reference.path("$ref").asText().endsWith("/" + key));
    }

    private static void removeCode(JsonNode document, int code) {
        ((ArrayNode) document.requiredAt("/x-close-codes"))
                .removeIf(entry -> entry.path("code").asInt() == code);
    }
}
