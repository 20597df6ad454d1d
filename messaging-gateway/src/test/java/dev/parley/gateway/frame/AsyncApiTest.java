package dev.parley.gateway.frame;

import static dev.parley.kit.testing.SocketDocument.TO_CLIENT;
import static dev.parley.kit.testing.SocketDocument.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.kit.json.JsonDialect;
import dev.parley.kit.testing.SocketDocument;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.id.RoomId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// The AsyncAPI document against the frames, both ways: what the gateway reads and writes is in the document, and what
/// is
/// in the document is what it reads and writes. The golden frames are the witnesses.
class AsyncApiTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");

    /// What the room service writes and the gateway only passes on; its SignalFramesTest holds the document to these.
    private static final Set<String> PASSED_ON = Set.of("ReadUpdated", "UserUpdated");

    private final SocketDocument document = SocketDocument.read();
    private final FrameParser parser = new FrameParser(JsonDialect.newMapper());

    @Test
    void everyGoldenFrameOfAClientIsDescribed() throws IOException {
        assertDescribed(TO_SERVER, List.of("client"), Set.of());
    }

    @Test
    void everyGoldenFrameOfTheServerIsDescribed() throws IOException {
        assertDescribed(TO_CLIENT, List.of("server", "event"), PASSED_ON);
    }

    private void assertDescribed(String direction, List<String> sides, Set<String> elsewhere) throws IOException {
        var found = new TreeSet<>(elsewhere);
        for (var side : sides) {
            for (var name : Golden.names(side)) {
                var matches = document.matches(direction, Golden.read(side, name));
                assertThat(matches).as("%s/%s", side, name).hasSize(1);
                found.addAll(matches);
            }
        }
        assertThat(document.messages(direction).stream().map(SocketDocument.Message::key))
                .as("messages with a golden frame")
                .containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void hasAsManyMessagesAsThereAreFrames() {
        assertThat(document.messages(TO_SERVER)).hasSameSizeAs(ClientFrame.class.getPermittedSubclasses());
        assertThat(document.messages(TO_CLIENT))
                .hasSize(ServerFrame.class.getPermittedSubclasses().length
                        - 1 // RoomListChanged, which stands for each change
                        + RoomListChange.class.getPermittedSubclasses().length
                        + RoomEvent.class.getPermittedSubclasses().length
                        + PASSED_ON.size());
    }

    @Test
    void examplesOfClientFramesAreTaken() {
        document.messages(TO_SERVER).forEach(message -> {
            assertThat(message.examples()).as(message.key()).isNotEmpty();
            message.examples()
                    .forEach(example -> assertThatCode(() -> parser.parse(example.toString(), ROOM))
                            .as("%s: %s", message.key(), example)
                            .doesNotThrowAnyException());
        });
    }

    @Test
    void examplesFitTheirSchemas() {
        for (var direction : List.of(TO_SERVER, TO_CLIENT)) {
            document.messages(direction).forEach(message -> {
                assertThat(message.examples()).as(message.key()).isNotEmpty();
                message.examples()
                        .forEach(example -> assertThat(document.matches(direction, example.toString()))
                                .as("%s: %s", message.key(), example)
                                .containsExactly(message.key()));
            });
        }
    }

    @Test
    void requiredMembersAreTheParsers() {
        document.messages(TO_SERVER).forEach(message -> {
            var schema = schema(message);
            schema.path("required").forEach(member -> {
                var frame = message.examples().getFirst().<ObjectNode>deepCopy();
                frame.remove(member.asText());
                assertThatThrownBy(() -> parser.parse(frame.toString(), ROOM))
                        .as("%s without %s", message.key(), member.asText())
                        .isInstanceOf(FrameException.class);
            });
        });
    }

    @Test
    void boundsAreTheParsers() {
        var bounds = new ArrayList<String>();
        document.messages(TO_SERVER)
                .forEach(message -> schema(message)
                        .path("properties")
                        .properties()
                        .forEach(member -> {
                            var most = member.getValue().path("maxLength").asInt();
                            if (most > 0) {
                                bounds.add(message.key() + "." + member.getKey());
                                assertTaken(message, member.getKey(), "a".repeat(most));
                                assertRefused(message, member.getKey(), "a".repeat(most + 1));
                            }
                            if (member.getValue().path("minLength").asInt() == 1) {
                                assertRefused(message, member.getKey(), "");
                            }
                        }));
        assertThat(bounds)
                .contains("MessageSend.content", "MessageSend.client_message_id", "MessageSend.id", "Ping.id");
    }

    @Test
    void mostRoomsOfASubscriptionAreTheParsers() {
        var most = document.root()
                .at("/components/schemas/Subscribe/properties/rooms/maxItems")
                .asInt();

        assertThat(most).isEqualTo(ClientFrame.Subscribe.MAX_ROOMS);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = new HashSet<String>();
        collect(document.root(), references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.root().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyMessageIsOnTheUrlForManyRooms() {
        var there = new HashSet<String>();
        collect(document.root().at("/channels/manyRooms/messages"), there);
        var all = new HashSet<String>();
        document.root()
                .at("/components/messages")
                .fieldNames()
                .forEachRemaining(key -> all.add("#/components/messages/" + key));

        assertThat(there).isEqualTo(all);
    }

    @Test
    void nothingIsWithoutWords() {
        document.root().at("/components/schemas").properties().forEach(schema -> {
            assertThat(schema.getValue().path("description").asText())
                    .as(schema.getKey())
                    .isNotBlank();
            schema.getValue().path("properties").properties().stream()
                    .filter(member -> !member.getValue().has("$ref"))
                    .forEach(member -> assertThat(
                                    member.getValue().path("description").asText())
                            .as("%s.%s", schema.getKey(), member.getKey())
                            .isNotBlank());
        });
    }

    private void assertTaken(SocketDocument.Message message, String member, String text) {
        assertThatCode(() -> parser.parse(with(message, member, text), ROOM))
                .as("%s.%s of %s characters", message.key(), member, text.length())
                .doesNotThrowAnyException();
    }

    private void assertRefused(SocketDocument.Message message, String member, String text) {
        assertThatThrownBy(() -> parser.parse(with(message, member, text), ROOM))
                .as("%s.%s of %s characters", message.key(), member, text.length())
                .isInstanceOf(FrameException.class);
    }

    private static String with(SocketDocument.Message message, String member, String text) {
        return message.examples()
                .getFirst()
                .<ObjectNode>deepCopy()
                .put(member, text)
                .toString();
    }

    private JsonNode schema(SocketDocument.Message message) {
        return document.root().at(message.node().at("/payload/$ref").asText().substring(1));
    }

    private static void collect(JsonNode node, Set<String> references) {
        if (node.has("$ref")) {
            references.add(node.path("$ref").asText());
        }
        StreamSupport.stream(node.spliterator(), false).forEach(child -> collect(child, references));
    }
}
