package dev.parley.room.reaction;

import dev.parley.kit.paging.Cursor;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads reactions.
@ApplicationScoped
public class Reactions {

    // m.deleted_at needs no look: a deletion takes the rows away.
    private static final String OF_MESSAGES = """
            SELECT k.message_id, k.emoji, k.users, EXISTS (
                SELECT FROM reactions r
                WHERE r.room_id = k.room_id AND r.message_id = k.message_id AND r.emoji = k.emoji AND r.user_id = ?)
            FROM unnest(?::uuid[], ?::uuid[]) AS w (room_id, message_id)
            JOIN reaction_kinds k USING (room_id, message_id)
            ORDER BY k.message_id, k.since_seq
            """;

    private static final String IS_PRESENT = "SELECT FROM messages WHERE room_id = ? AND id = ? AND deleted_at IS NULL";

    private static final String USERS = """
            SELECT user_id, created_at FROM reactions
            WHERE room_id = ? AND message_id = ? AND emoji = ? AND (created_at, user_id) > (?, ?)
            ORDER BY created_at, user_id LIMIT ?
            """;

    private static final String DROP_REACTIONS = "DELETE FROM reactions WHERE room_id = ? AND message_id = ?";

    private static final String DROP_KINDS = "DELETE FROM reaction_kinds WHERE room_id = ? AND message_id = ?";

    /// A message and its room.
    public record MessageKey(RoomId room, MessageId message) {}

    /// Who reacted, and when; its text is the place in a list.
    record Reaction(Instant at, UUID userId) {

        static final Reaction BEFORE_ALL = new Reaction(Instant.EPOCH, new UUID(0, 0));

        /// @throws ProblemException `validation_failed` if it is not one of ours
        static Reaction parse(String cursor) {
            return Cursor.parse(cursor, Reaction::new);
        }

        @Override
        public String toString() {
            return Cursor.format(at, userId);
        }
    }

    private final Database database;

    Reactions(Database database) {
        this.database = database;
    }

    /// The reactions of each message that has any, in the order in which their kinds came; one query.
    public Map<MessageId, List<ReactionView>> of(Collection<MessageKey> messages, UserId reader) {
        var found = new HashMap<MessageId, List<ReactionView>>();
        if (messages.isEmpty()) {
            return found;
        }
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(OF_MESSAGES)) {
                statement.setObject(1, reader.value());
                statement.setArray(
                        2,
                        SqlArrays.uuids(connection, messages, key -> key.room().value()));
                statement.setArray(
                        3,
                        SqlArrays.uuids(
                                connection, messages, key -> key.message().value()));
                var rows = statement.executeQuery();
                while (rows.next()) {
                    found.computeIfAbsent(new MessageId(rows.getObject(1, UUID.class)), _ -> new ArrayList<>())
                            .add(new ReactionView(rows.getString(2), rows.getInt(3), rows.getBoolean(4)));
                }
            }
            return found;
        });
    }

    /// Who reacted with an emoji, the first one first.
    /// @param after exclusive; null for the first page
    /// @param limit most rows
    /// @throws ProblemException `message_not_found` if the room has no such message, or it is deleted
    List<Reaction> page(RoomId room, MessageId message, Emoji emoji, @Nullable Reaction after, int limit) {
        return database.read(connection -> {
            requirePresent(connection, room, message);
            var place = after == null ? Reaction.BEFORE_ALL : after;
            try (var statement = connection.prepareStatement(USERS)) {
                statement.setObject(1, room.value());
                statement.setObject(2, message.value());
                statement.setString(3, emoji.text());
                statement.setObject(4, place.at().atOffset(ZoneOffset.UTC));
                statement.setObject(5, place.userId());
                statement.setInt(6, limit);
                var found = new ArrayList<Reaction>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    found.add(new Reaction(
                            rows.getObject(2, OffsetDateTime.class).toInstant(), rows.getObject(1, UUID.class)));
                }
                return found;
            }
        });
    }

    private static void requirePresent(Connection connection, RoomId room, MessageId message) throws SQLException {
        try (var statement = connection.prepareStatement(IS_PRESENT)) {
            statement.setObject(1, room.value());
            statement.setObject(2, message.value());
            if (!statement.executeQuery().next()) {
                throw ProblemException.of(ProblemCode.MESSAGE_NOT_FOUND);
            }
        }
    }

    /// Drops all reactions of a message that is being deleted.
    public static void drop(Connection connection, RoomId room, MessageId message) throws SQLException {
        for (var sql : List.of(DROP_REACTIONS, DROP_KINDS)) {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setObject(1, room.value());
                statement.setObject(2, message.value());
                statement.executeUpdate();
            }
        }
    }
}
