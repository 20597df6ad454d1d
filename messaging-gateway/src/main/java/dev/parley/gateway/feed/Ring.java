package dev.parley.gateway.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A room's newest events, without a hole, bounded in number and bytes; all rings together are bounded as well.
/// Thread: the feed's owner.
final class Ring {

    private final FeedConfig limits;
    private final AtomicLong totalBytes;
    private final Deque<FeedEvent> events = new ArrayDeque<>();
    private long bytes;

    /// @param totalBytes what all rings of the process hold
    Ring(FeedConfig limits, AtomicLong totalBytes) {
        this.limits = limits;
        this.totalBytes = totalBytes;
    }

    /// Adds the event that follows the newest. An edit or a deletion empties the ring first:
    /// the log shows the present, the ring would show what was.
    void add(FeedEvent event) {
        if (event.rewritesThePast()) {
            clear();
        }
        events.add(event);
        count(event.json().length);
        while (events.size() > limits.ringEvents() || bytes > limits.ringBytes()) {
            dropOldest();
        }
        while (totalBytes.get() > limits.ringTotalBytes() && !events.isEmpty()) {
            dropOldest();
        }
    }

    boolean covers(long seq) {
        return !events.isEmpty()
                && events.getFirst().seq() <= seq
                && seq <= events.getLast().seq();
    }

    /// The events from `seq`, which the ring covers, up to about `maxBytes`, at least one.
    List<FeedEvent> from(long seq, long maxBytes) {
        var page = new ArrayList<FeedEvent>();
        long size = 0;
        for (var event : events) {
            if (event.seq() >= seq) {
                page.add(event);
                size += event.json().length;
                if (size >= maxBytes) {
                    break;
                }
            }
        }
        return page;
    }

    void clear() {
        while (!events.isEmpty()) {
            dropOldest();
        }
    }

    private void dropOldest() {
        count(-events.removeFirst().json().length);
    }

    private void count(int change) {
        bytes += change;
        totalBytes.addAndGet(change);
    }
}
