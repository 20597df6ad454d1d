package dev.parley.room.log;

import dev.parley.model.event.EventMessage;
import dev.parley.model.event.EventParticipant;
import dev.parley.model.event.EventRoom;
import dev.parley.model.event.ReactionCount;
import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A row of the log with what it refers to, as it is at present. The user of a row is the message's sender or the
/// participant; the columns are those of [#SELECT], by name.
record EventRow(RoomId room, ResultSet row) {

    static final String SELECT = """
            SELECT e.seq, e.type, e.actor_id, e.created_at, e.role, e.joined_at, e.last_read_seq,
                   e.emoji, e.reaction_count, k.emojis, k.counts,
                   m.id AS message_id, m.seq AS message_seq, m.content, m.client_message_id,
                   m.reply_to_id, m.reply_to_seq, m.created_at AS message_created_at, m.edited_at, m.deleted_at,
                   coalesce(m.sender_id, e.user_id) AS user_id, u.username, u.display_name,
                   r.room_type, r.name, r.created_at AS room_created_at, r.participant_count
            FROM events e
            JOIN rooms r ON r.id = e.room_id
            LEFT JOIN messages m ON m.room_id = e.room_id AND m.id = e.message_id
            LEFT JOIN users u ON u.id = coalesce(m.sender_id, e.user_id)
            LEFT JOIN LATERAL (
                SELECT array_agg(emoji ORDER BY since_seq) AS emojis, array_agg(users ORDER BY since_seq) AS counts
                FROM reaction_kinds WHERE room_id = e.room_id AND message_id = e.message_id
            ) k ON e.type IN ('message.created', 'message.updated')
            WHERE e.room_id = ? AND e.seq > ? AND e.seq <= ?
            ORDER BY e.seq
            LIMIT ?
            """;

    RoomEvent event() throws SQLException {
        var seq = row.getLong("seq");
        var at = instant("created_at");
        var actor = new UserId(uuid("actor_id"));
        return switch (row.getString("type")) {
            case RoomEvent.MessageCreated.TYPE -> new RoomEvent.MessageCreated(room, seq, at, actor, message());
            case RoomEvent.MessageUpdated.TYPE -> new RoomEvent.MessageUpdated(room, seq, at, actor, message());
            case RoomEvent.MessageDeleted.TYPE ->
                new RoomEvent.MessageDeleted(room, seq, at, actor, messageId(), row.getLong("message_seq"));
            case RoomEvent.ReactionAdded.TYPE ->
                new RoomEvent.ReactionAdded(
                        room, seq, at, actor, messageId(), row.getString("emoji"), actor, row.getInt("reaction_count"));
            case RoomEvent.ReactionRemoved.TYPE ->
                new RoomEvent.ReactionRemoved(
                        room, seq, at, actor, messageId(), row.getString("emoji"), actor, row.getInt("reaction_count"));
            case RoomEvent.ParticipantAdded.TYPE -> new RoomEvent.ParticipantAdded(room, seq, at, actor, participant());
            case RoomEvent.ParticipantUpdated.TYPE ->
                new RoomEvent.ParticipantUpdated(room, seq, at, actor, participant());
            case RoomEvent.ParticipantRemoved.TYPE ->
                new RoomEvent.ParticipantRemoved(room, seq, at, actor, new UserId(uuid("user_id")));
            case RoomEvent.RoomUpdated.TYPE -> new RoomEvent.RoomUpdated(room, seq, at, actor, roomState());
            case RoomEvent.RoomDeleted.TYPE -> new RoomEvent.RoomDeleted(room, seq, at, actor);
            case String other -> throw new IllegalStateException("unknown event in the log: " + other);
        };
    }

    private EventMessage message() throws SQLException {
        return new EventMessage(
                messageId(),
                room,
                row.getLong("message_seq"),
                user(),
                row.getString("content"),
                row.getString("client_message_id"),
                replyTo(),
                instant("message_created_at"),
                optionalInstant("edited_at"),
                optionalInstant("deleted_at"),
                reactions());
    }

    private List<ReactionCount> reactions() throws SQLException {
        var emojis = row.getArray("emojis");
        if (emojis == null) {
            return List.of();
        }
        var names = (String[]) emojis.getArray();
        var counts = (Integer[]) row.getArray("counts").getArray();
        return IntStream.range(0, names.length)
                .mapToObj(i -> new ReactionCount(names[i], counts[i]))
                .toList();
    }

    private EventParticipant participant() throws SQLException {
        return new EventParticipant(user(), row.getString("role"), instant("joined_at"), row.getLong("last_read_seq"));
    }

    private EventRoom roomState() throws SQLException {
        return new EventRoom(
                room,
                row.getString("room_type"),
                row.getString("name"),
                instant("room_created_at"),
                row.getInt("participant_count"));
    }

    private UserRef user() throws SQLException {
        var id = new UserId(uuid("user_id"));
        var username = row.getString("username");
        return username == null ? UserRef.erased(id) : UserRef.present(id, username, row.getString("display_name"));
    }

    private @Nullable ReplyTo replyTo() throws SQLException {
        var id = row.getObject("reply_to_id", UUID.class);
        return id == null ? null : new ReplyTo(new MessageId(id), row.getLong("reply_to_seq"));
    }

    private MessageId messageId() throws SQLException {
        return new MessageId(uuid("message_id"));
    }

    private UUID uuid(String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    private Instant instant(String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private @Nullable Instant optionalInstant(String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
