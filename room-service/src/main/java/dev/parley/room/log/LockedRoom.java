package dev.parley.room.log;

import dev.parley.model.id.RoomId;

/// A room whose row this transaction holds: nobody else appends to its log until the commit.
/// @param lastSeq the end of the log, before anything of this transaction
public record LockedRoom(RoomId id, boolean isPrivate, long lastSeq, long logEpoch, boolean deleted) {}
