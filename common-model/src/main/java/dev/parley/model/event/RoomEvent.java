package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.time.Instant;

/// One durable change of a room: an entry of its log. `(room_id, seq)` identifies and orders it.
public sealed interface RoomEvent {

    RoomId roomId();

    /// 1, 2, 3, … in commit order, without a hole.
    long seq();

    /// When it was committed, to the millisecond.
    Instant timestamp();

    UserId actorId();

    /// The name on the wire, as `message.created`.
    @JsonProperty
    String type();

    /// A participant sent a message; here, and only here, `message.seq` equals the event's own.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "message"})
    record MessageCreated(RoomId roomId, long seq, Instant timestamp, UserId actorId, EventMessage message)
            implements RoomEvent {

        public static final String TYPE = "message.created";

        public MessageCreated {
            if (message.seq() != seq) {
                throw new IllegalArgumentException("message.seq must be the seq of its creation");
            }
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// A message was edited; `message` is as it is at present.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "message"})
    record MessageUpdated(RoomId roomId, long seq, Instant timestamp, UserId actorId, EventMessage message)
            implements RoomEvent {

        public static final String TYPE = "message.updated";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// A message was deleted; nothing of its content is left in the log.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "message_id", "message_seq"})
    record MessageDeleted(
            RoomId roomId, long seq, Instant timestamp, UserId actorId, MessageId messageId, long messageSeq)
            implements RoomEvent {

        public static final String TYPE = "message.deleted";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// A user reacted to a message.
    /// @param userId the actor
    /// @param count how many users' reaction this emoji was after the event
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "message_id", "emoji", "user_id", "count"})
    record ReactionAdded(
            RoomId roomId,
            long seq,
            Instant timestamp,
            UserId actorId,
            MessageId messageId,
            String emoji,
            UserId userId,
            int count)
            implements RoomEvent {

        public static final String TYPE = "reaction.added";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// A user took a reaction to a message back.
    /// @param userId the actor
    /// @param count how many users' reaction this emoji was after the event; 0 when none is left
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "message_id", "emoji", "user_id", "count"})
    record ReactionRemoved(
            RoomId roomId,
            long seq,
            Instant timestamp,
            UserId actorId,
            MessageId messageId,
            String emoji,
            UserId userId,
            int count)
            implements RoomEvent {

        public static final String TYPE = "reaction.removed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// Somebody came into the room.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "participant"})
    record ParticipantAdded(RoomId roomId, long seq, Instant timestamp, UserId actorId, EventParticipant participant)
            implements RoomEvent {

        public static final String TYPE = "participant.added";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// A participant has another role.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "participant"})
    record ParticipantUpdated(RoomId roomId, long seq, Instant timestamp, UserId actorId, EventParticipant participant)
            implements RoomEvent {

        public static final String TYPE = "participant.updated";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// Somebody left the room, or was removed from it by the actor.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "user_id"})
    record ParticipantRemoved(RoomId roomId, long seq, Instant timestamp, UserId actorId, UserId userId)
            implements RoomEvent {

        public static final String TYPE = "participant.removed";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// The room has another name.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id", "room"})
    record RoomUpdated(RoomId roomId, long seq, Instant timestamp, UserId actorId, EventRoom room)
            implements RoomEvent {

        public static final String TYPE = "room.updated";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// The room is gone; the last event of its log.
    @JsonPropertyOrder({"type", "room_id", "seq", "timestamp", "actor_id"})
    record RoomDeleted(RoomId roomId, long seq, Instant timestamp, UserId actorId) implements RoomEvent {

        public static final String TYPE = "room.deleted";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
