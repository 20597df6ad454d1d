package dev.parley.room.reaction;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/// One message's reactions with one emoji, within a transaction that holds the room's lock.
record ReactionRows(Connection connection, RoomId room, MessageId message, Emoji emoji) {

    private static final String WHICH = " WHERE room_id = ? AND message_id = ? AND emoji = ?";

    private static final String JOIN = "UPDATE reaction_kinds SET users = users + 1" + WHICH + " RETURNING users";

    // The lowest place that is free; the constraint knows how many there are.
    private static final String START = """
            INSERT INTO reaction_kinds (room_id, message_id, emoji, since_seq, users, place)
            SELECT w.room_id, w.message_id, ?, ?, 1, n
            FROM (SELECT ?::uuid AS room_id, ?::uuid AS message_id) w, generate_series(1, 20) AS n
            WHERE NOT EXISTS (
                SELECT FROM reaction_kinds k
                WHERE k.room_id = w.room_id AND k.message_id = w.message_id AND k.place = n)
            ORDER BY n LIMIT 1
            """;

    private static final String INSERT =
            "INSERT INTO reactions (room_id, message_id, emoji, user_id, created_at) VALUES (?, ?, ?, ?, ?::timestamptz)";

    private static final String EXISTS = "SELECT FROM reactions" + WHICH + " AND user_id = ?";

    private static final String DELETE = "DELETE FROM reactions" + WHICH + " AND user_id = ?";

    private static final String LEAVE =
            "UPDATE reaction_kinds SET users = users - 1" + WHICH + " AND users > 1 RETURNING users";

    private static final String END = "DELETE FROM reaction_kinds" + WHICH;

    boolean has(UserId user) throws SQLException {
        try (var statement = prepare(EXISTS, room.value(), message.value(), emoji.text(), user.value())) {
            return statement.executeQuery().next();
        }
    }

    /// Adds a user who is not there yet.
    /// @param seq the event's
    /// @return how many there are now
    /// @throws ProblemException `too_many_reactions` if it would be the 21st kind
    int add(UserId user, long seq, Instant now) throws SQLException {
        var users = join();
        if (users == 0) {
            start(seq);
            users = 1;
        }
        try (var statement =
                prepare(INSERT, room.value(), message.value(), emoji.text(), user.value(), now.toString())) {
            statement.executeUpdate();
        }
        return users;
    }

    /// Takes a user out who is there.
    /// @return how many are left
    int remove(UserId user) throws SQLException {
        try (var statement = prepare(DELETE, room.value(), message.value(), emoji.text(), user.value())) {
            statement.executeUpdate();
        }
        try (var statement = prepare(LEAVE, room.value(), message.value(), emoji.text())) {
            var rows = statement.executeQuery();
            if (rows.next()) {
                return rows.getInt(1);
            }
        }
        try (var statement = prepare(END, room.value(), message.value(), emoji.text())) {
            statement.executeUpdate();
        }
        return 0;
    }

    private int join() throws SQLException {
        try (var statement = prepare(JOIN, room.value(), message.value(), emoji.text())) {
            var rows = statement.executeQuery();
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    private void start(long seq) throws SQLException {
        try (var statement = prepare(START, emoji.text(), seq, room.value(), message.value())) {
            if (statement.executeUpdate() == 0) {
                throw ProblemException.of(ProblemCode.TOO_MANY_REACTIONS);
            }
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
