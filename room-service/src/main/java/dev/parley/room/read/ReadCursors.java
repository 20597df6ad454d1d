package dev.parley.room.read;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Moves cursors and counts what is past them.
@ApplicationScoped
public class ReadCursors {

    // Touches the participant's row and nothing after it: a reader never waits for the room's lock.
    private static final String ADVANCE = """
            UPDATE participants p
            SET last_read_seq = greatest(p.last_read_seq, least(?, r.last_seq))
            FROM rooms r
            WHERE p.room_id = ? AND p.user_id = ? AND r.id = p.room_id AND r.deleted_at IS NULL
            RETURNING p.last_read_seq
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

    /// Moves a cursor to `seq`, or to the end of the log when that is lower; never back.
    /// @return where the cursor is now; empty if there is no such room or participant
    Optional<Long> advance(RoomId room, UserId user, long seq) {
        return database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(ADVANCE)) {
                statement.setLong(1, seq);
                statement.setObject(2, room.value());
                statement.setObject(3, user.value());
                var rows = statement.executeQuery();
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
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
