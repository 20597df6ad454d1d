package dev.parley.kit.account;

import dev.parley.model.stream.AuthEvent;
import java.util.List;

/// Takes the events of one [AuthEventFollower], in the order of `n`, each at least once. What it throws is logged,
/// and the same is tried again. Thread: the follower's own; it may block.
public interface AuthEventHandler {

    /// Finds out where to begin.
    /// @return the `n` up to which everything is taken; 0 before the first event
    long start();

    /// Takes consecutive events, at least one.
    void take(List<AuthEvent> events);

    /// Begins anew: what was behind the position is not kept any more, or the auth service's database was restored
    /// from a backup and counts from a lower number.
    /// @param lastN the newest event there is
    /// @return where to go on
    long restart(long lastN);
}
