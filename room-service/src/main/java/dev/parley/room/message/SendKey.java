package dev.parley.room.message;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;

/// What a repeat has in common with the send that it repeats.
record SendKey(RoomId roomId, UserId senderId, String clientMessageId) {}
