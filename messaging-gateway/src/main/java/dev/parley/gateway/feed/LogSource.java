package dev.parley.gateway.feed;

import dev.parley.model.id.RoomId;
import dev.parley.model.internal.EventPage;
import java.util.concurrent.CompletionStage;

/// The record behind a feed: the room service's log, or a test's.
@FunctionalInterface
public interface LogSource {

    /// The log after `afterSeq` (exclusive), ascending and dense; fails when the log cannot be reached.
    CompletionStage<EventPage> events(RoomId room, long afterSeq, int limit);
}
