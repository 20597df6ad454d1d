package dev.parley.model.internal;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Origin;

/// A wish to move a participant's read cursor.
/// @param seq everything up to this is read; beyond the log's end it means the end
/// @param origin the connection that read, which needs no `read.updated`
public record ReadCommand(RoomId roomId, UserId userId, long seq, Origin origin) {}
