package dev.parley.gateway.feed;

import dev.parley.model.id.RoomId;

/// The end of a replay.
/// @param fromSeq the first event that was asked for
/// @param toSeq the last event replayed; `fromSeq - 1` when there was none
/// @param lastSeq live events start at `lastSeq + 1`
/// @param complete false when nothing was replayed because the log has to be read over REST
public record Resumed(RoomId roomId, long fromSeq, long toSeq, long lastSeq, long logEpoch, boolean complete) {}
