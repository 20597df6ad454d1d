package dev.parley.room.log;

/// What to do about a room that another transaction holds.
public enum LockMode {
    /// Wait for it, `lock_timeout` at most.
    WAIT,
    /// Go on without it.
    SKIP_LOCKED
}
