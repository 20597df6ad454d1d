package dev.parley.model.internal;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.util.List;

/// Asks how one user stands in many rooms.
/// @param roomIds at most 100
public record StandingsQuery(UserId userId, List<RoomId> roomIds) {}
