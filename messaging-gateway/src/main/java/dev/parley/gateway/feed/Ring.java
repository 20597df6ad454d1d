package dev.parley.gateway.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;

/// A room's newest events, without a hole, bounded in number and bytes; all rings together are bounded by a
/// [RingBudget].
/// Thread: the feed's owner.
final class Ring {

    private final FeedConfig limits;
    private final RingBudget budget;
    private final Executor owner;
    private final Deque<FeedEvent> events = new ArrayDeque<>();
    private long bytes;

    Ring(FeedConfig limits, RingBudget budget, Executor owner) {
        this.limits = limits;
        this.budget = budget;
        this.owner = owner;
    }

    /// Adds the events that follow the newest. An edit or a deletion empties the ring first:
    /// the log shows the present, the ring would show what was.
    void addAll(List<FeedEvent> next) {
        var before = bytes;
        for (var event : next) {
            if (event.rewritesThePast()) {
                empty();
            }
            events.add(event);
            bytes += event.json().length;
        }
        while (events.size() > limits.ringEvents() || bytes > limits.ringBytes()) {
            bytes -= events.removeFirst().json().length;
        }
        budget.used(this, bytes - before);
    }

    boolean covers(long seq) {
        return !events.isEmpty()
                && events.getFirst().seq() <= seq
                && seq <= events.getLast().seq();
    }

    /// The events from `seq`, which the ring covers, up to about `maxBytes`, at least one.
    List<FeedEvent> from(long seq, long maxBytes) {
        budget.used(this, 0);
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
        var before = bytes;
        empty();
        budget.used(this, -before);
    }

    /// The budget needs the room. Any thread.
    /// @param counted the bytes that the budget counts as leaving
    void giveUp(long counted) {
        owner.execute(() -> {
            clear();
            budget.gaveUp(counted);
        });
    }

    private void empty() {
        events.clear();
        bytes = 0;
    }
}
