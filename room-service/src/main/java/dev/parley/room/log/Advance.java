package dev.parley.room.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The new end of a log.
/// @param lastSeq higher than the room's
/// @param lastMessageSeq the newest message among what was appended; null if there is none
/// @param activityAt that message's time; null together with it
public record Advance(
        LockedRoom room,
        long lastSeq,
        @Nullable Long lastMessageSeq,
        @Nullable Instant activityAt) {}
