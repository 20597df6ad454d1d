package dev.parley.model.internal;

import dev.parley.model.id.RoomId;
import java.util.List;

/// The rooms whose log grew since a watermark.
/// @param watermark pass it with the next request; opaque, made from PostgreSQL's clock
/// @param complete false when the watermark was too old or absent: rooms are missing, ask for each
public record Heads(String watermark, boolean complete, List<Head> rooms) {

    /// @param lastSeq the room's newest event
    public record Head(RoomId roomId, long lastSeq, long logEpoch) {}
}
