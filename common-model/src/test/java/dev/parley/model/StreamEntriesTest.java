package dev.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.model.stream.Signal;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The fields of every stream entry, against `golden/<name>.json`: services of two versions read each other's.
class StreamEntriesTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UserId USER = UserId.fromString("0198c0de-0000-7000-8000-000000000002");
    private static final MessageId MESSAGE = MessageId.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final MessageId OTHER = MessageId.fromString("0198c0de-0000-7000-8000-000000000004");
    private static final Origin ORIGIN = new Origin("gateway-1", "connection-1");
    private static final Instant TIME = Instant.parse("2026-11-22T14:23:05.120Z");

    @Test
    void ingest() throws IOException {
        var entry = new IngestEntry(
                ROOM,
                USER,
                ORIGIN,
                List.of(
                        new SendCommand(7, "cm-1", "Grüße \uD83D\uDE00\nzwei Zeilen", null),
                        new SendCommand(8, null, "and", OTHER)));

        assertThat(entry.toFields()).isEqualTo(golden("ingest"));
        assertThat(IngestEntry.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void relayOfAGatewaysCommand() throws IOException {
        var entry = new RelayEntry(
                ROOM,
                1,
                42,
                "message.created",
                TIME,
                USER,
                new RelayEntry.Cause(ORIGIN, 7),
                MESSAGE,
                List.of(),
                "{\"type\":\"message.created\"}");

        assertThat(entry.toFields()).isEqualTo(golden("relay"));
        assertThat(RelayEntry.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void relayOfAnEventAboutUsers() throws IOException {
        var other = UserId.fromString("0198c0de-0000-7000-8000-000000000005");
        var entry =
                new RelayEntry(ROOM, 1, 43, "participant.removed", TIME, USER, null, null, List.of(USER, other), "{}");

        assertThat(entry.toFields()).isEqualTo(golden("relay-users"));
        assertThat(RelayEntry.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void replyOfARepeat() throws IOException {
        var entry = new ReplyEntry("connection-1", 7, new SendOutcome.Stored(MESSAGE, 42, TIME, true));

        assertThat(entry.toFields()).isEqualTo(golden("reply-stored"));
        assertThat(ReplyEntry.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void replyOfARefusal() throws IOException {
        var entry = new ReplyEntry(
                "connection-1", 7, new SendOutcome.Refused(ProblemCode.ROOM_NOT_FOUND, "There is no such room"));

        assertThat(entry.toFields()).isEqualTo(golden("reply-refused"));
        assertThat(ReplyEntry.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void signalToARoom() throws IOException {
        var entry = new Signal(new Signal.Audience.OfRoom(ROOM, USER), "read.updated", null, "{}");

        assertThat(entry.toFields()).isEqualTo(golden("signal-room"));
        assertThat(Signal.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void signalToAUser() throws IOException {
        var entry = new Signal(new Signal.Audience.OfUser(USER, ROOM), "read.updated", ORIGIN, "{}");

        assertThat(entry.toFields()).isEqualTo(golden("signal-user"));
        assertThat(Signal.of(entry.toFields())).isEqualTo(entry);
    }

    @Test
    void namesTheFieldThatIsMissingOrMisshapen() throws IOException {
        var without = new HashMap<>(golden("relay"));
        without.remove("seq");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RelayEntry.of(without))
                .withMessageContaining("seq");

        var misshapen = new HashMap<>(golden("ingest"));
        misshapen.put("room_id", "nope");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IngestEntry.of(misshapen))
                .withMessageContaining("room_id");
    }

    private static Map<String, String> golden(String name) throws IOException {
        try (var file = StreamEntriesTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(file).as(name).isNotNull();
            return new ObjectMapper().readValue(file, new TypeReference<>() {});
        }
    }
}
