package dev.parley.kit.account;

import dev.parley.model.id.SessionId;

/// Fired, as a CDI event, when this process hears for the first time that a session has ended before its time.
/// Thread: the follower's; observers must not block it.
public record SessionEnded(SessionId sessionId) {}
