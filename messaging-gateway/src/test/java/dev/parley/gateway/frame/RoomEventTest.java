package dev.parley.gateway.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.EventMessage;
import dev.parley.model.event.EventParticipant;
import dev.parley.model.event.EventRoom;
import dev.parley.model.event.ReactionCount;
import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The durable events, which the gateway passes on without looking inside, against `golden/event/<name>.json`.
class RoomEventTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UserId ALICE = UserId.fromString("0198c0de-0000-7000-8000-000000000002");
    private static final UserId BOB = UserId.fromString("0198c0de-0000-7000-8000-000000000004");
    private static final MessageId MESSAGE = MessageId.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final MessageId ANSWERED = MessageId.fromString("0198c0de-0000-7000-8000-000000000004");
    private static final Instant TIME = Instant.parse("2026-11-22T14:23:05.120Z");

    private static final Map<String, RoomEvent> EVENTS = Stream.of(
                    new RoomEvent.MessageCreated(ROOM, 41, TIME, ALICE, message("Tea?", null, List.of())),
                    new RoomEvent.MessageUpdated(
                            ROOM, 42, TIME, ALICE, message("Coffee?", TIME, List.of(new ReactionCount("☕", 1)))),
                    new RoomEvent.MessageDeleted(ROOM, 42, TIME, ALICE, MESSAGE, 41),
                    new RoomEvent.ReactionAdded(ROOM, 42, TIME, ALICE, MESSAGE, "☕", ALICE, 1),
                    new RoomEvent.ReactionRemoved(ROOM, 42, TIME, ALICE, MESSAGE, "☕", ALICE, 0),
                    new RoomEvent.ParticipantAdded(ROOM, 42, TIME, ALICE, participant("member")),
                    new RoomEvent.ParticipantUpdated(ROOM, 42, TIME, ALICE, participant("admin")),
                    new RoomEvent.ParticipantRemoved(ROOM, 42, TIME, ALICE, BOB),
                    new RoomEvent.RoomUpdated(ROOM, 42, TIME, ALICE, new EventRoom(ROOM, "group", "Tea", TIME, 2)),
                    new RoomEvent.RoomDeleted(ROOM, 42, TIME, ALICE))
            .collect(Collectors.toMap(event -> event.type().replace('.', '-'), Function.identity()));

    private final ObjectMapper json = JsonDialect.newMapper();

    static List<String> names() throws IOException {
        return Golden.names("event");
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWhatClientsWerePromised(String name) throws IOException {
        assertThat(EVENTS).containsKey(name);
        assertThat(json.writeValueAsString(EVENTS.get(name))).isEqualTo(Golden.read("event", name));
    }

    @Test
    void hasAGoldenFileForEveryEvent() throws IOException {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(EVENTS.keySet());
        assertThat(EVENTS).hasSize(RoomEvent.class.getPermittedSubclasses().length);
    }

    private static EventMessage message(String content, Instant editedAt, List<ReactionCount> reactions) {
        return new EventMessage(
                MESSAGE, ROOM, 41, alice(), content, "cm-1", new ReplyTo(ANSWERED, 7), TIME, editedAt, null, reactions);
    }

    private static EventParticipant participant(String role) {
        return new EventParticipant(alice(), role, TIME, 40);
    }

    private static UserRef alice() {
        return UserRef.present(ALICE, "alice", "Alice");
    }
}
