package dev.parley.room.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.EventMessage;
import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RelayEntriesTest {

    private static final Instant AT = Instant.parse("2026-11-22T14:23:05.120Z");
    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UserRef ANNA =
            UserRef.present(UserId.fromString("0198c0de-0000-7000-8000-000000000002"), "anna", "Anna 🌊");
    private static final MessageId MESSAGE = MessageId.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final ReplyTo TARGET = new ReplyTo(MessageId.fromString("0198c0de-0000-7000-8000-000000000004"), 3);

    private final RelayEntries entries = new RelayEntries(JsonDialect.newMapper());

    @Test
    void rendersAMessageAsClientsGetIt() {
        var message = new EventMessage(
                MESSAGE, ROOM, 7, ANNA, "line\nand \"quote\" 👩‍👩‍👧", "m-1", TARGET, AT, null, null, List.of());
        var cause = new RelayEntry.Cause(new Origin("g", "c"), 5);

        var entry =
                entries.of(new LoggedEvent(new RoomEvent.MessageCreated(ROOM, 7, AT, ANNA.id(), message), 1, cause));

        assertThat(entry)
                .isEqualTo(new RelayEntry(
                        ROOM,
                        1,
                        7,
                        "message.created",
                        AT,
                        ANNA.id(),
                        cause,
                        MESSAGE,
                        List.of(),
                        golden("message-created.json")));
    }

    /// The bytes, with the white space taken out that makes the file readable.
    private static String golden(String name) {
        try (var file = RelayEntriesTest.class.getResourceAsStream("/golden/" + name)) {
            return new ObjectMapper()
                    .readTree(Objects.requireNonNull(file, name))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
