package dev.parley.gateway.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Events that came before one that is missing. An overflow drops them all: the log has them.
/// Thread: the feed's owner.
final class Hold {

    private final FeedConfig limits;
    private final TreeMap<Long, FeedEvent> events = new TreeMap<>();
    private long bytes;

    Hold(FeedConfig limits) {
        this.limits = limits;
    }

    void add(FeedEvent event) {
        if (events.putIfAbsent(event.seq(), event) == null) {
            bytes += event.json().length;
        }
        if (events.size() > limits.holdEvents() || bytes > limits.holdBytes()) {
            clear();
        }
    }

    /// Takes out the events that follow `head` without a hole, and drops those up to it.
    List<FeedEvent> takeAfter(long head) {
        var next = new ArrayList<FeedEvent>();
        while (!events.isEmpty() && events.firstKey() <= head + next.size() + 1) {
            var event = events.pollFirstEntry().getValue();
            bytes -= event.json().length;
            if (event.seq() == head + next.size() + 1) {
                next.add(event);
            }
        }
        return next;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    void clear() {
        events.clear();
        bytes = 0;
    }
}
