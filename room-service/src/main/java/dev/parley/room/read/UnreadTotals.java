package dev.parley.room.read;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.UserId;
import dev.parley.room.database.Database;
import jakarta.enterprise.context.ApplicationScoped;

/// Counts what is unread over all of a user's rooms, as [ReadCursors#unread] does for one: others' undeleted messages
/// past the cursor, looking at 1,000 messages a room at most.
@ApplicationScoped
class UnreadTotals {

    // Both counts end at 1,000. Rooms without a newer message fall out before any message is looked at; of the others,
    // those of latest activity. Each look into a room is a range of its primary key, ended by ORDER BY seq LIMIT.
    private static final String TOTALS = """
            WITH candidates AS MATERIALIZED (
                SELECT p.room_id, p.user_id, p.last_read_seq
                FROM participants p JOIN rooms r ON r.id = p.room_id
                WHERE p.user_id = ? AND r.deleted_at IS NULL AND r.last_message_seq > p.last_read_seq
                ORDER BY r.last_activity_at DESC LIMIT 1000
            )
            SELECT (
                SELECT count(*) FROM candidates c WHERE EXISTS (
                    SELECT FROM (
                        SELECT m.sender_id, m.deleted_at FROM messages m
                        WHERE m.room_id = c.room_id AND m.seq > c.last_read_seq ORDER BY m.seq LIMIT 1000
                    ) looked_at
                    WHERE sender_id <> c.user_id AND deleted_at IS NULL)
            ), (
                SELECT count(*) FROM (
                    SELECT FROM candidates c CROSS JOIN LATERAL (
                        SELECT m.sender_id, m.deleted_at FROM messages m
                        WHERE m.room_id = c.room_id AND m.seq > c.last_read_seq ORDER BY m.seq LIMIT 1000
                    ) looked_at
                    WHERE sender_id <> c.user_id AND deleted_at IS NULL LIMIT 1000
                ) counted)
            """;

    /// @param rooms how many have unread messages; 1,000 means "1,000 or more"
    /// @param messages how many in all; 1,000 means "1,000 or more"
    @JsonPropertyOrder({"rooms", "messages"})
    record Unread(int rooms, int messages) {}

    private final Database database;

    UnreadTotals(Database database) {
        this.database = database;
    }

    Unread of(UserId user) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(TOTALS)) {
                statement.setObject(1, user.value());
                var rows = statement.executeQuery();
                rows.next();
                return new Unread(rows.getInt(1), rows.getInt(2));
            }
        });
    }
}
