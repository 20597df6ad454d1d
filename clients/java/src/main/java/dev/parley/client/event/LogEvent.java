package dev.parley.client.event;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/// A durable change of a room: an entry of its log.
///
/// Of each room that is followed they come in `seq` order, each once, none missing: `seq` is one more than that of the
/// event before, however often the connection was lost meanwhile. A replay shows the present: the creation of a message
/// that was deleted since has an empty content.
public sealed interface LogEvent extends RoomEvent {

    /// 1, 2, 3, … in the order of the commits.
    long seq();

    /// When it was committed. For people: it orders nothing.
    Instant timestamp();

    /// Who did it.
    UUID actorId();

    /// A participant sent a message.
    record MessageCreated(UUID roomId, long seq, Instant timestamp, UUID actorId, EventMessage message)
            implements LogEvent {
        public MessageCreated {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(message);
        }
    }

    /// A message was edited.
    ///
    /// @param message as it is at present; its `seq` is that of its creation
    record MessageUpdated(UUID roomId, long seq, Instant timestamp, UUID actorId, EventMessage message)
            implements LogEvent {
        public MessageUpdated {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(message);
        }
    }

    /// A message was deleted.
    record MessageDeleted(UUID roomId, long seq, Instant timestamp, UUID actorId, UUID messageId, long messageSeq)
            implements LogEvent {
        public MessageDeleted {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(messageId);
        }
    }

    /// A user reacted to a message.
    ///
    /// @param count how many users have this reaction there now: set it, never add to it
    record ReactionAdded(
            UUID roomId,
            long seq,
            Instant timestamp,
            UUID actorId,
            UUID messageId,
            String emoji,
            UUID userId,
            int count)
            implements LogEvent {
        public ReactionAdded {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(messageId);
            Objects.requireNonNull(emoji);
            Objects.requireNonNull(userId);
        }
    }

    /// A user took a reaction back.
    ///
    /// @param count how many users have this reaction there now: set it, never subtract from it
    record ReactionRemoved(
            UUID roomId,
            long seq,
            Instant timestamp,
            UUID actorId,
            UUID messageId,
            String emoji,
            UUID userId,
            int count)
            implements LogEvent {
        public ReactionRemoved {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(messageId);
            Objects.requireNonNull(emoji);
            Objects.requireNonNull(userId);
        }
    }

    /// Somebody came into the room.
    record ParticipantAdded(UUID roomId, long seq, Instant timestamp, UUID actorId, EventParticipant participant)
            implements LogEvent {
        public ParticipantAdded {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(participant);
        }
    }

    /// A participant has another role.
    record ParticipantUpdated(UUID roomId, long seq, Instant timestamp, UUID actorId, EventParticipant participant)
            implements LogEvent {
        public ParticipantUpdated {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(participant);
        }
    }

    /// Somebody left, or was removed by the actor. In a replay it may be oneself, who has come back since.
    record ParticipantRemoved(UUID roomId, long seq, Instant timestamp, UUID actorId, UUID userId) implements LogEvent {
        public ParticipantRemoved {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(userId);
        }
    }

    /// The room has another name.
    record RoomUpdated(UUID roomId, long seq, Instant timestamp, UUID actorId, EventRoom room) implements LogEvent {
        public RoomUpdated {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
            Objects.requireNonNull(room);
        }
    }

    /// The room is gone; the last event of its log.
    record RoomDeleted(UUID roomId, long seq, Instant timestamp, UUID actorId) implements LogEvent {
        public RoomDeleted {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(timestamp);
            Objects.requireNonNull(actorId);
        }
    }

    /// An entry of a kind that this version does not know. It counts: the next one's `seq` is one more.
    ///
    /// @param type the name on the wire
    /// @param json the event as it came
    record Other(UUID roomId, long seq, Instant timestamp, UUID actorId, String type, String json)
            implements LogEvent {}
}
