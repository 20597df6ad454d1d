package dev.parley.room.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.EventMessage;
import dev.parley.model.event.EventParticipant;
import dev.parley.model.event.EventRoom;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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

    @Test
    void rendersAnEditAndADeletion() {
        var edited =
                new EventMessage(MESSAGE, ROOM, 3, ANNA, "edited", null, null, AT, AT.plusMillis(1), null, List.of());

        var update = entries.of(new LoggedEvent(new RoomEvent.MessageUpdated(ROOM, 7, AT, ANNA.id(), edited), 1, null));
        var deletion =
                entries.of(new LoggedEvent(new RoomEvent.MessageDeleted(ROOM, 7, AT, ANNA.id(), MESSAGE, 3), 1, null));

        assertThat(update.body()).isEqualTo(golden("message-updated.json"));
        assertThat(deletion.body()).isEqualTo(golden("message-deleted.json"));
        assertThat(List.of(update, deletion)).extracting(RelayEntry::messageId).containsOnly(MESSAGE);
    }

    @Test
    void rendersReactions() {
        var added = entries.of(new LoggedEvent(
                new RoomEvent.ReactionAdded(ROOM, 7, AT, ANNA.id(), MESSAGE, "👍🏽", ANNA.id(), 2), 1, null));
        var removed = entries.of(new LoggedEvent(
                new RoomEvent.ReactionRemoved(ROOM, 8, AT, ANNA.id(), MESSAGE, "👍🏽", ANNA.id(), 1), 1, null));

        assertThat(added.body()).isEqualTo(golden("reaction-added.json"));
        assertThat(removed.body()).isEqualTo(golden("reaction-removed.json"));
        assertThat(List.of(added, removed)).extracting(RelayEntry::messageId).containsOnly(MESSAGE);
        assertThat(List.of(added, removed)).extracting(RelayEntry::userIds).containsOnly(List.of());
    }

    static Stream<Arguments> changes() {
        var bert = UserId.fromString("0198c0de-0000-7000-8000-000000000005");
        var added = new EventParticipant(ANNA, "member", AT, 7);
        var erased = new EventParticipant(UserRef.erased(ANNA.id()), "admin", AT, 3);
        var room = new EventRoom(ROOM, "group", "Reading circle", Instant.parse("2026-11-22T14:23:05Z"), 3);
        return Stream.of(
                Arguments.of(
                        "participant-added", new RoomEvent.ParticipantAdded(ROOM, 7, AT, ANNA.id(), added), ANNA.id()),
                Arguments.of(
                        "participant-updated",
                        new RoomEvent.ParticipantUpdated(ROOM, 7, AT, ANNA.id(), erased),
                        ANNA.id()),
                Arguments.of(
                        "participant-removed", new RoomEvent.ParticipantRemoved(ROOM, 7, AT, ANNA.id(), bert), bert),
                Arguments.of("room-updated", new RoomEvent.RoomUpdated(ROOM, 7, AT, ANNA.id(), room), null),
                Arguments.of("room-deleted", new RoomEvent.RoomDeleted(ROOM, 7, AT, ANNA.id()), null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void rendersChangesOfTheRoom(String name, RoomEvent event, @Nullable UserId concerned) {
        var entry = entries.of(new LoggedEvent(event, 1, null));

        assertThat(entry.body()).isEqualTo(golden(name + ".json"));
        assertThat(entry.userIds()).isEqualTo(concerned == null ? List.of() : List.of(concerned));
        assertThat(entry.messageId()).isNull();
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
