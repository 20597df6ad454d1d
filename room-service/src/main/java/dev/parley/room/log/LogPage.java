package dev.parley.room.log;

import dev.parley.model.stream.RelayEntry;
import java.util.List;

/// Consecutive events of one log, ascending, without a hole; fewer than asked for when they are large.
/// @param lastSeq the end of the log when the page was read; no event of the page is newer
public record LogPage(List<RelayEntry> events, long lastSeq, long logEpoch) {}
