package dev.parley.model.internal;

import dev.parley.model.id.UserId;
import java.util.List;

/// Who is in a room at one moment.
/// @param lastSeq the room's newest event; participants change by events with a higher `seq` from here on
/// @param count how many there are
/// @param userIds all of them, in no order; empty when there are more than the limit that was asked for
public record Participants(long lastSeq, int count, List<UserId> userIds) {}
