package dev.parley.client.event;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something of the moment in a room: it is in no log, and it is the first thing to be dropped when somebody is slow.
public sealed interface Moment extends RoomEvent {

    /// Somebody types, or does not any more.
    record Typing(UUID roomId, UUID userId, @Nullable String username, boolean isTyping) implements Moment {
        public Typing {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(userId);
        }
    }

    /// A participant has read up to a `seq`. Two of the same user may come in either order: keep the highest.
    ///
    /// @param unreadCount only when it is one's own, from another connection
    record ReadUpdated(
            UUID roomId,
            UUID userId,
            long lastReadSeq,
            @Nullable Integer unreadCount) implements Moment {
        public ReadUpdated {
            Objects.requireNonNull(roomId);
            Objects.requireNonNull(userId);
        }
    }

    /// Who is online, once after each time that the room was followed anew.
    ///
    /// @param online null in rooms of more than 100 participants, and when it is not known
    record PresenceSnapshot(UUID roomId, @Nullable List<UUID> online, long onlineCount) implements Moment {
        public PresenceSnapshot {
            Objects.requireNonNull(roomId);
            online = Optional.ofNullable(online).map(List::copyOf).orElse(null);
        }
    }

    /// How many are online in a room of more than 100 participants.
    record PresenceCount(UUID roomId, long onlineCount) implements Moment {
        public PresenceCount {
            Objects.requireNonNull(roomId);
        }
    }
}
