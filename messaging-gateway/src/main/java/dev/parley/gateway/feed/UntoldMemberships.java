package dev.parley.gateway.feed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When changes of memberships are lost because heads leave them out, too many having changed at one moment.
/// Thread: one round of heads at a time.
final class UntoldMemberships {

    /// How long memberships are missing when many changed at one moment: the room service looks 12 s back, in each
    /// round. What changed since that moment is told in full afterwards.
    static final Duration ONE_MOMENT = Duration.ofSeconds(15);

    /// Since when they are missing; null while they are not.
    private volatile @Nullable Long sinceNanos;

    /// Whether changes are lost with this answer: the first one that leaves them out; and when that went on for longer
    /// than one moment, the first complete one, for what changed meanwhile.
    boolean areLost(boolean complete, long nowNanos) {
        var since = sinceNanos;
        if (complete) {
            sinceNanos = null;
            return since != null && nowNanos - since > ONE_MOMENT.toNanos();
        }
        if (since == null) {
            sinceNanos = nowNanos;
        }
        return since == null;
    }
}
