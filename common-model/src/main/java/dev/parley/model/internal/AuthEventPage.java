package dev.parley.model.internal;

import dev.parley.model.stream.AuthEvent;
import java.util.List;

/// Consecutive events of the auth service, ascending from the `after` that was asked for.
/// @param lastN the newest event there is; there is more to read while the page ends below it
/// @param complete false when events right after `after` are too old to be kept: what they told is lost,
///     and the users concerned must be asked for by id; false too when `after` is above `lastN`, because a backup
///     was restored: the reader starts over
public record AuthEventPage(List<AuthEvent> items, long lastN, boolean complete) {}
