package dev.parley.room.read;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Moves cursors and counts what is past them.
@ApplicationScoped
public class ReadCursors {

    // Touches the participant's row and nothing after it: a reader never waits for the room's lock. A cursor that is
    // there already costs no new row.
    private static final String ADVANCE = """
            UPDATE participants p
            SET last_read_seq = least(?, r.last_seq)
            FROM rooms r
            WHERE p.room_id = ? AND p.user_id = ? AND r.id = p.room_id AND r.deleted_at IS NULL
              AND p.last_read_seq < least(?, r.last_seq)
            RETURNING p.last_read_seq, r.participant_count
            """;

    private static final String FIND = """
            SELECT p.last_read_seq, r.participant_count
            FROM participants p JOIN rooms r ON r.id = p.room_id
            WHERE p.room_id = ? AND p.user_id = ? AND r.deleted_at IS NULL
            """;

    private static final String FIND_ALL = """
            SELECT p.room_id, p.user_id, p.last_read_seq, r.participant_count
            FROM unnest(?::uuid[], ?::uuid[]) AS k (room_id, user_id)
            JOIN participants p USING (room_id, user_id) JOIN rooms r ON r.id = p.room_id
            WHERE r.deleted_at IS NULL
            """;

    // ORDER BY seq LIMIT keeps the planner on the primary key, and the work bounded however far behind somebody is.
    private static final String UNREAD = """
            SELECT p.room_id, (
                SELECT count(*) FROM (
                    SELECT FROM (
                        SELECT m.sender_id, m.deleted_at FROM messages m
                        WHERE m.room_id = p.room_id AND m.seq > p.last_read_seq ORDER BY m.seq LIMIT 1000
                    ) looked_at
                    WHERE sender_id <> p.user_id AND deleted_at IS NULL LIMIT 100
                ) counted)
            FROM participants p WHERE p.user_id = ? AND p.room_id = ANY (?)
            """;

    private final Database database;

    ReadCursors(Database database) {
        this.database = database;
    }

    /// A participant of a room.
    record ParticipantKey(RoomId room, UserId user) {}

    /// A participant's cursor, and how large his room is.
    record Position(RoomId room, UserId user, long lastReadSeq, int participants) {}

    /// Where a cursor is after an attempt to move it.
    record Advanced(Position position, boolean moved) {}

    /// Moves a cursor to `seq`, or to the end of the log when that is lower; never back.
    /// @return empty if there is no such room or participant
    Optional<Advanced> advance(RoomId room, UserId user, long seq) {
        return database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(ADVANCE)) {
                statement.setLong(1, seq);
                statement.setObject(2, room.value());
                statement.setObject(3, user.value());
                statement.setLong(4, seq);
                var rows = statement.executeQuery();
                if (rows.next()) {
                    return Optional.of(new Advanced(new Position(room, user, rows.getLong(1), rows.getInt(2)), true));
                }
            }
            // A statement of its own: it sees what a concurrent read, which the first one waited for, has committed.
            return find(connection, room, user).map(position -> new Advanced(position, false));
        });
    }

    private static Optional<Position> find(Connection connection, RoomId room, UserId user) throws SQLException {
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, room.value());
            statement.setObject(2, user.value());
            var rows = statement.executeQuery();
            return rows.next()
                    ? Optional.of(new Position(room, user, rows.getLong(1), rows.getInt(2)))
                    : Optional.empty();
        }
    }

    /// Where the cursors of participants are now, in one query; who has left is left out.
    List<Position> find(List<ParticipantKey> participants) {
        return database.read(connection -> {
            var positions = new ArrayList<Position>();
            try (var statement = connection.prepareStatement(FIND_ALL)) {
                statement.setArray(
                        1,
                        SqlArrays.uuids(
                                connection, participants, key -> key.room().value()));
                statement.setArray(
                        2,
                        SqlArrays.uuids(
                                connection, participants, key -> key.user().value()));
                var rows = statement.executeQuery();
                while (rows.next()) {
                    positions.add(new Position(
                            new RoomId(rows.getObject(1, UUID.class)),
                            new UserId(rows.getObject(2, UUID.class)),
                            rows.getLong(3),
                            rows.getInt(4)));
                }
            }
            return positions;
        });
    }

    /// Others' undeleted messages past the user's cursor, by room, in one query: 100 means "100 or more", and
    /// 1,000 messages at most are looked at.
    public Map<RoomId, Integer> unread(UserId user, Collection<RoomId> rooms) {
        return database.read(connection -> {
            var counts = new HashMap<RoomId, Integer>();
            try (var statement = connection.prepareStatement(UNREAD)) {
                statement.setObject(1, user.value());
                statement.setArray(2, SqlArrays.uuids(connection, rooms, RoomId::value));
                var rows = statement.executeQuery();
                while (rows.next()) {
                    counts.put(new RoomId(rows.getObject(1, UUID.class)), rows.getInt(2));
                }
            }
            return counts;
        });
    }
}
