package dev.parley.gateway.feed;

import java.util.List;
import java.util.function.Predicate;

/// Consecutive events of one room, ascending, at least one.
final class EventBatch {

    private final List<FeedEvent> events;

    EventBatch(List<FeedEvent> events) {
        this.events = List.copyOf(events);
    }

    FeedEvent last() {
        return events.getLast();
    }

    List<FeedEvent> events() {
        return events;
    }

    long firstSeq() {
        return events.getFirst().seq();
    }

    long lastSeq() {
        return events.getLast().seq();
    }

    List<byte[]> bodies() {
        return events.stream().map(FeedEvent::json).toList();
    }

    /// What lies after `seq`, which is below [#lastSeq]; the batch itself when all of it does.
    EventBatch after(long seq) {
        return seq < firstSeq() ? this : new EventBatch(events.subList((int) (seq - firstSeq() + 1), events.size()));
    }

    /// The part up to the first event that `ends` a reading, that event included; all of it when none does.
    EventBatch until(Predicate<FeedEvent> ends) {
        for (int i = 0; i < events.size(); i++) {
            if (ends.test(events.get(i))) {
                return new EventBatch(events.subList(0, i + 1));
            }
        }
        return this;
    }

    boolean endsAnyReading() {
        return events.stream().anyMatch(FeedEvent::endsReading);
    }
}
