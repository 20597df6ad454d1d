package dev.parley.room.message;

import dev.parley.model.id.RoomId;

/// Names a message by its place in its room's log.
public record MessagePlace(RoomId room, long seq) {}
