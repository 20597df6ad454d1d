package dev.parley.room.message;

import dev.parley.room.log.LoggedEvent;
import java.util.List;

/// A committed transaction of the writer.
/// @param results one for each of the batch, in its order
/// @param events what was appended, to be relayed now
public record WrittenBatch(List<SendsResult> results, List<LoggedEvent> events) {}
