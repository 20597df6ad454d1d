package dev.parley.room.bench;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/// Stores each message in a transaction of its own, with the plainest SQL that keeps the rules: what the writer is
/// measured against.
record OneByOne(DataSource dataSource) {

    void store(RoomId room, UserId sender, String clientMessageId, String content) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            store(connection, room.value(), sender.value(), clientMessageId, content);
            connection.commit();
        }
    }

    private static void store(Connection connection, UUID room, UUID sender, String clientMessageId, String content)
            throws SQLException {
        long seq = number(connection, "SELECT last_seq FROM rooms WHERE id = ? FOR NO KEY UPDATE", room) + 1;
        number(connection, "SELECT 1 FROM participants WHERE room_id = ? AND user_id = ?", room, sender);
        number(
                connection,
                "SELECT count(*) FROM messages WHERE room_id = ? AND sender_id = ? AND client_message_id = ?",
                room,
                sender,
                clientMessageId);
        var id = UUID.randomUUID();
        execute(
                connection,
                "INSERT INTO messages (room_id, seq, id, sender_id, content, client_message_id, sent_hash, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, now())",
                room,
                seq,
                id,
                sender,
                content,
                clientMessageId,
                id);
        execute(
                connection,
                "INSERT INTO events (room_id, seq, type, actor_id, message_id, created_at)"
                        + " VALUES (?, ?, 'message.created', ?, ?, now())",
                room,
                seq,
                sender,
                id);
        execute(
                connection,
                "UPDATE rooms SET last_seq = ?, last_message_seq = ?, last_activity_at = now(),"
                        + " changed_at = clock_timestamp() WHERE id = ?",
                seq,
                seq,
                room);
    }

    private static long number(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            var rows = statement.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }
}
