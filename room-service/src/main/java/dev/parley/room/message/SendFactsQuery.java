package dev.parley.room.message;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.log.LockedRooms;
import dev.parley.room.message.SendFacts.InRoom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/// Reads the [SendFacts] of a batch: three statements at most, whatever its size. They run after the locking
/// statement and not in it, so that each sees what the locks' last holders have committed.
final class SendFactsQuery {

    private static final String REPEATS = """
            SELECT k.place, m.id, m.seq, m.created_at, m.sent_hash
            FROM unnest(?::uuid[], ?::uuid[], ?::text[]) WITH ORDINALITY
                AS k (room_id, sender_id, client_message_id, place)
            JOIN messages m USING (room_id, sender_id, client_message_id)
            """;

    private static final String PARTICIPANTS = """
            SELECT k.place, u.username, u.display_name
            FROM unnest(?::uuid[], ?::uuid[]) WITH ORDINALITY AS k (room_id, user_id, place)
            JOIN participants p USING (room_id, user_id)
            LEFT JOIN users u ON u.id = p.user_id
            """;

    private static final String TARGETS = """
            SELECT k.place, m.seq
            FROM unnest(?::uuid[], ?::uuid[]) WITH ORDINALITY AS k (room_id, id, place)
            JOIN messages m USING (room_id, id)
            """;

    private final Connection connection;
    private final List<Sends> batch;

    SendFactsQuery(Connection connection, List<Sends> batch) {
        this.connection = connection;
        this.batch = batch;
    }

    SendFacts run(LockedRooms rooms) throws SQLException {
        return new SendFacts(rooms, repeats(), participants(), targets());
    }

    private Map<SendKey, StoredSend> repeats() throws SQLException {
        var keys = batch.stream().flatMap(SendFactsQuery::keys).distinct().toList();
        var repeats = new HashMap<SendKey, StoredSend>();
        if (keys.isEmpty()) {
            return repeats;
        }
        try (var statement = connection.prepareStatement(REPEATS)) {
            statement.setArray(
                    1, SqlArrays.uuids(connection, keys, key -> key.roomId().value()));
            statement.setArray(
                    2, SqlArrays.uuids(connection, keys, key -> key.senderId().value()));
            statement.setArray(3, SqlArrays.texts(connection, keys, SendKey::clientMessageId));
            var rows = statement.executeQuery();
            while (rows.next()) {
                repeats.put(
                        keys.get(rows.getInt(1) - 1),
                        new StoredSend(
                                new MessageId(rows.getObject(2, UUID.class)),
                                rows.getLong(3),
                                rows.getObject(4, OffsetDateTime.class).toInstant(),
                                rows.getObject(5, UUID.class)));
            }
        }
        return repeats;
    }

    private Map<InRoom<UserId>, UserRef> participants() throws SQLException {
        var keys = batch.stream()
                .map(sends -> new InRoom<>(sends.roomId(), sends.senderId()))
                .distinct()
                .toList();
        var participants = new HashMap<InRoom<UserId>, UserRef>();
        try (var statement = connection.prepareStatement(PARTICIPANTS)) {
            statement.setArray(
                    1, SqlArrays.uuids(connection, keys, key -> key.roomId().value()));
            statement.setArray(
                    2, SqlArrays.uuids(connection, keys, key -> key.id().value()));
            var rows = statement.executeQuery();
            while (rows.next()) {
                var key = keys.get(rows.getInt(1) - 1);
                var username = rows.getString(2);
                participants.put(
                        key,
                        username == null
                                ? UserRef.erased(key.id())
                                : UserRef.present(key.id(), username, rows.getString(3)));
            }
        }
        return participants;
    }

    private Map<InRoom<MessageId>, Long> targets() throws SQLException {
        var keys = batch.stream()
                .flatMap(sends -> sends.commands().stream()
                        .map(command -> command.replyToId())
                        .filter(Objects::nonNull)
                        .map(id -> new InRoom<>(sends.roomId(), id)))
                .distinct()
                .toList();
        var targets = new HashMap<InRoom<MessageId>, Long>();
        if (keys.isEmpty()) {
            return targets;
        }
        try (var statement = connection.prepareStatement(TARGETS)) {
            statement.setArray(
                    1, SqlArrays.uuids(connection, keys, key -> key.roomId().value()));
            statement.setArray(
                    2, SqlArrays.uuids(connection, keys, key -> key.id().value()));
            var rows = statement.executeQuery();
            while (rows.next()) {
                targets.put(keys.get(rows.getInt(1) - 1), rows.getLong(2));
            }
        }
        return targets;
    }

    /// Text that PostgreSQL cannot take is left out here and refused later.
    private static Stream<SendKey> keys(Sends sends) {
        return sends.commands().stream()
                .filter(command -> command.clientMessageId() != null
                        && Violations.of(command, true).isEmpty())
                .map(command -> new SendKey(
                        sends.roomId(), sends.senderId(), Objects.requireNonNull(command.clientMessageId())));
    }
}
