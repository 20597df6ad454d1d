package dev.parley.room.reaction;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.log.ReactionState;
import dev.parley.room.log.RoomChanges;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/// Adds reactions and takes them back, under the room's lock. What is so already changes nothing.
@ApplicationScoped
class ReactionChanges {

    private static final String FIND = """
            SELECT m.id IS NOT NULL AND m.deleted_at IS NULL
            FROM participants p LEFT JOIN messages m ON m.room_id = p.room_id AND m.id = ?
            WHERE p.room_id = ? AND p.user_id = ?
            """;

    private final RoomChanges changes;

    ReactionChanges(RoomChanges changes) {
        this.changes = changes;
    }

    /// @throws ProblemException `room_not_found`; `message_not_found`, also when it is deleted; `forbidden` in a
    ///     read-only room; `too_many_reactions`
    void add(RoomId room, UserId actor, MessageId message, Emoji emoji) {
        changes.change(room, actor, (connection, locked, events) -> {
            requireMessage(connection, room, actor, message);
            locked.requireWritable();
            var rows = new ReactionRows(connection, room, message, emoji);
            if (!rows.has(actor)) {
                var count = rows.add(actor, events.nextSeq(), events.now());
                events.add(RoomEvent.ReactionAdded.TYPE, message, new ReactionState(emoji.text(), count));
            }
            return null;
        });
    }

    /// @throws ProblemException `room_not_found`; `message_not_found`, also when it is deleted; `forbidden` in a
    ///     read-only room
    void remove(RoomId room, UserId actor, MessageId message, Emoji emoji) {
        changes.change(room, actor, (connection, locked, events) -> {
            requireMessage(connection, room, actor, message);
            locked.requireWritable();
            var rows = new ReactionRows(connection, room, message, emoji);
            if (rows.has(actor)) {
                var count = rows.remove(actor);
                events.add(RoomEvent.ReactionRemoved.TYPE, message, new ReactionState(emoji.text(), count));
            }
            return null;
        });
    }

    private static void requireMessage(Connection connection, RoomId room, UserId actor, MessageId message)
            throws SQLException {
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, message.value());
            statement.setObject(2, room.value());
            statement.setObject(3, actor.value());
            var rows = statement.executeQuery();
            if (!rows.next()) {
                throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
            }
            if (!rows.getBoolean(1)) {
                throw ProblemException.of(ProblemCode.MESSAGE_NOT_FOUND);
            }
        }
    }
}
