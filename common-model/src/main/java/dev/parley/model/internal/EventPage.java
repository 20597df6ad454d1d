package dev.parley.model.internal;

import dev.parley.model.stream.RelayEntry;
import java.util.List;

/// Consecutive events of a room's log, ascending from the `after_seq` that was asked for, without a hole.
/// @param events may be fewer than the limit before the end of the log: a page is also bounded in bytes
/// @param lastSeq the room's newest event
public record EventPage(List<RelayEntry> events, long lastSeq, long logEpoch) {}
