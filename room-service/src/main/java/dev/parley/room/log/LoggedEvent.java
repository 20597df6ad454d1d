package dev.parley.room.log;

import dev.parley.model.event.RoomEvent;
import dev.parley.model.stream.RelayEntry;
import org.jspecify.annotations.Nullable;

/// A committed event, as it is rendered now.
/// @param cause the gateway's command that made it; null when it came over REST or is read from the log
public record LoggedEvent(RoomEvent event, long logEpoch, RelayEntry.@Nullable Cause cause) {}
