package dev.parley.model.internal;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.List;

/// The sessions that ended before their time and whose access tokens may not have expired yet.
/// @param n every event up to this one is reflected; follow from here
public record Revocations(long n, List<Item> items) {

    /// @param tokensExpireAt when the session can be forgotten
    public record Item(SessionId sessionId, UserId userId, Instant tokensExpireAt) {}
}
