package dev.parley.room.message;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.log.RoomChanges;
import dev.parley.room.participant.Role;
import dev.parley.room.reaction.Reactions;
import dev.parley.room.words.WordKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/// Edits and deletes messages, under the room's lock. What was there before is overwritten, not kept: no replay,
/// history or search can show it again. The fingerprint of what was first sent stays, so repeats are recognised.
@ApplicationScoped
class MessageChanges {

    private static final String FIND = """
            SELECT p.role, m.sender_id, m.content, m.deleted_at IS NOT NULL
            FROM participants p LEFT JOIN messages m ON m.room_id = p.room_id AND m.id = ?
            WHERE p.room_id = ? AND p.user_id = ?
            """;

    private static final String EDIT =
            "UPDATE messages SET content = ?, words = ?::bigint[], edited_at = ?::timestamptz WHERE room_id = ? AND id = ?";

    private static final String DELETE =
            "UPDATE messages SET content = '', words = '{}', deleted_at = ?::timestamptz WHERE room_id = ? AND id = ?";

    /// The message and how the actor stands to it.
    private record Target(Role actorRole, UserId sender, String content, boolean deleted) {}

    private final RoomChanges changes;

    MessageChanges(RoomChanges changes) {
        this.changes = changes;
    }

    /// Replaces the content; the same content changes nothing.
    /// @param content valid
    /// @throws ProblemException `room_not_found`; `message_not_found`, also when it is deleted; `forbidden` but for
    ///     the sender, and in a read-only room
    void edit(RoomId room, UserId actor, MessageId id, String content) {
        var words = WordKeys.ofMessage(room, content);
        changes.change(room, actor, (connection, locked, events) -> {
            var target = find(connection, room, actor, id);
            if (target.deleted()) {
                throw ProblemException.of(ProblemCode.MESSAGE_NOT_FOUND);
            }
            if (!target.sender().equals(actor)) {
                throw ProblemException.of(ProblemCode.FORBIDDEN);
            }
            locked.requireWritable();
            if (!target.content().equals(content)) {
                try (var statement = connection.prepareStatement(EDIT)) {
                    statement.setString(1, content);
                    statement.setString(2, words);
                    statement.setString(3, events.now().toString());
                    statement.setObject(4, room.value());
                    statement.setObject(5, id.value());
                    statement.executeUpdate();
                }
                events.add(RoomEvent.MessageUpdated.TYPE, id);
            }
            return null;
        });
    }

    /// Leaves a tombstone; deleting it again changes nothing.
    /// @throws ProblemException `room_not_found`; `message_not_found`; `forbidden` but for the sender, admins and
    ///     the owner, and in a read-only room
    void delete(RoomId room, UserId actor, MessageId id) {
        changes.change(room, actor, (connection, locked, events) -> {
            var target = find(connection, room, actor, id);
            if (!target.sender().equals(actor) && target.actorRole() == Role.MEMBER) {
                throw ProblemException.of(ProblemCode.FORBIDDEN);
            }
            locked.requireWritable();
            if (!target.deleted()) {
                bury(connection, room, id, events.now());
                Reactions.drop(connection, room, id);
                events.add(RoomEvent.MessageDeleted.TYPE, id);
            }
            return null;
        });
    }

    private static void bury(Connection connection, RoomId room, MessageId id, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, now.toString());
            statement.setObject(2, room.value());
            statement.setObject(3, id.value());
            statement.executeUpdate();
        }
    }

    private static Target find(Connection connection, RoomId room, UserId actor, MessageId id) throws SQLException {
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setObject(1, id.value());
            statement.setObject(2, room.value());
            statement.setObject(3, actor.value());
            var rows = statement.executeQuery();
            if (!rows.next()) {
                throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
            }
            var sender = rows.getObject(2, UUID.class);
            if (sender == null) {
                throw ProblemException.of(ProblemCode.MESSAGE_NOT_FOUND);
            }
            return new Target(
                    Role.fromString(rows.getString(1)), new UserId(sender), rows.getString(3), rows.getBoolean(4));
        }
    }
}
