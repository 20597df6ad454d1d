package dev.parley.gateway.feed;

import java.util.ArrayList;
import java.util.List;

/// The live readers of one room on one event loop. Thread: that event loop.
final class Fan {

    private final List<Subscription> live = new ArrayList<>();

    /// @param logEpoch the epoch of the log the subscription joins
    void join(Subscription subscription, long logEpoch) {
        if (subscription.goLive(logEpoch)) {
            subscription.fanIndex = live.size();
            live.add(subscription);
        }
    }

    /// Order among readers means nothing, so the last one takes the free place.
    void leave(Subscription subscription) {
        var index = subscription.fanIndex;
        if (index != Subscription.NOT_LIVE) {
            subscription.fanIndex = Subscription.NOT_LIVE;
            var last = live.removeLast();
            if (last != subscription) {
                live.set(index, last);
                last.fanIndex = index;
            }
        }
    }

    /// Backwards, so that a reader may leave while it is served.
    void deliver(EventBatch batch) {
        var shared = new SharedBatch(batch.bodies());
        try {
            for (int i = live.size() - 1; i >= 0; i--) {
                live.get(i).deliver(batch, shared);
            }
        } finally {
            shared.release();
        }
    }

    void signal(Ephemeral ephemeral) {
        SharedBatch.deliver(List.of(ephemeral.json()), frame -> {
            for (int i = live.size() - 1; i >= 0; i--) {
                var reader = live.get(i).reader();
                if (ephemeral.isFor(reader)) {
                    reader.signal(frame);
                }
            }
        });
    }

    void endAll(FeedEnd cause) {
        for (int i = live.size() - 1; i >= 0; i--) {
            live.get(i).endBecause(cause);
        }
    }
}
