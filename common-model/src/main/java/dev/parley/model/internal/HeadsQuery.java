package dev.parley.model.internal;

import dev.parley.model.id.RoomId;
import java.util.List;

/// Asks for the heads of certain rooms, changed or not.
/// @param roomIds at most 1,000
public record HeadsQuery(List<RoomId> roomIds) {}
