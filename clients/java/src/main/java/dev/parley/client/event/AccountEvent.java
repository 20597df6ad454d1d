package dev.parley.client.event;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that concerns the account, or people in any of its rooms.
public sealed interface AccountEvent extends Event {

    /// There is one more room in the list; it is not followed yet. It may be told again, or of a room one made oneself;
    /// what came while offline is not told: read the list of rooms when online again.
    record RoomAdded(EventRoom room) implements AccountEvent {
        public RoomAdded {
            Objects.requireNonNull(room);
        }
    }

    /// A room is not in the list any more.
    record RoomRemoved(UUID roomId) implements AccountEvent {
        public RoomRemoved {
            Objects.requireNonNull(roomId);
        }
    }

    /// Somebody of the rooms that are followed came or went.
    ///
    /// @param status `online`, `offline`, or what later servers know
    record PresenceUpdated(
            UUID userId, String status, @Nullable Instant lastActiveAt) implements AccountEvent {
        public PresenceUpdated {
            Objects.requireNonNull(userId);
            Objects.requireNonNull(status);
        }
    }

    /// Somebody has another name, or was erased.
    record UserUpdated(UserRef user) implements AccountEvent {
        public UserUpdated {
            Objects.requireNonNull(user);
        }
    }
}
