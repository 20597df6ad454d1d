package dev.parley.room.log;

import dev.parley.model.id.RoomId;
import java.util.Map;
import java.util.Set;

/// The rooms that a transaction asked for.
/// @param rooms those it holds now
/// @param busy those that another transaction holds; only after [LockMode#SKIP_LOCKED]. The rest do not exist.
public record LockedRooms(Map<RoomId, LockedRoom> rooms, Set<RoomId> busy) {}
