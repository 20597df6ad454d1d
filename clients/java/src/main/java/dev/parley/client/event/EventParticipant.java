package dev.parley.client.event;

import java.time.Instant;
import java.util.Objects;

/// Somebody in a room.
///
/// @param role `owner`, `admin`, `member`, or what later servers know
/// @param lastReadSeq as it was at the event
public record EventParticipant(UserRef user, String role, Instant joinedAt, long lastReadSeq) {
    public EventParticipant {
        Objects.requireNonNull(user);
        Objects.requireNonNull(role);
        Objects.requireNonNull(joinedAt);
    }
}
