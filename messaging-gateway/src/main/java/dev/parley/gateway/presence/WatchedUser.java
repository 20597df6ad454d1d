package dev.parley.gateway.presence;

import dev.parley.model.id.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A user whom somebody here watches, and what is known of him. Thread: presence's own.
final class WatchedUser {

    private final UserId id;

    /// The listed rooms that somebody here follows and the user is in.
    final Set<WatchedRoom> rooms = new HashSet<>();

    private boolean known;
    private boolean online;
    private Instant lastActiveAt = Instant.EPOCH;
    private long absentSinceNanos;

    WatchedUser(UserId id) {
        this.id = id;
    }

    UserId id() {
        return id;
    }

    boolean isKnown() {
        return known;
    }

    boolean isOnline() {
        return online;
    }

    Instant lastActiveAt() {
        return lastActiveAt;
    }

    /// Takes what Redis says.
    /// @param seen null when it says nothing: after a restart or a FLUSHALL that means nothing for a while,
    ///     until every gateway has written its users again
    /// @return whether the user came or went
    boolean learn(@Nullable Seen seen, Instant now, Duration benefitOfDoubt) {
        if (seen == null && online) {
            if (absentSinceNanos == 0) {
                absentSinceNanos = System.nanoTime();
            }
            if (System.nanoTime() - absentSinceNanos < benefitOfDoubt.toNanos()) {
                return false;
            }
        } else {
            absentSinceNanos = 0;
        }
        var changed = known && online != (seen != null && seen.isOnline());
        known = true;
        online = seen != null && seen.isOnline();
        lastActiveAt = seen != null ? seen.lastActiveAt() : lastActiveAt.equals(Instant.EPOCH) ? now : lastActiveAt;
        return changed;
    }
}
