package dev.parley.gateway.feed;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The fans of one room, one on each event loop that has a reader. What the feed's owner asks for reaches each loop
/// as tasks in the order of the asking, which is what makes a join exact.
/// Thread: the feed's owner, unless a method says otherwise.
final class Fans {

    private final Map<EventLoop, Fan> fans = new ConcurrentHashMap<>();
    private final FeedMetrics metrics;

    Fans(FeedMetrics metrics) {
        this.metrics = metrics;
    }

    /// Lets `subscription` have what is published from now on.
    void join(Subscription subscription, long logEpoch) {
        var loop = subscription.reader().eventLoop();
        // Made here and not in the task: what is published next must find the fan that the join goes to.
        var fan = fans.computeIfAbsent(loop, Fan::new);
        loop.execute(() -> fan.join(subscription, logEpoch));
    }

    /// Thread: the reader's event loop.
    void leave(Subscription subscription) {
        var fan = fans.get(subscription.reader().eventLoop());
        if (fan != null) {
            fan.leave(subscription);
        }
    }

    /// @param lease of what was offered; null for what was read from the log, of which one page is on its way
    void publish(List<FeedEvent> events, Backlog.@Nullable Lease lease) {
        if (events.isEmpty()) {
            return;
        }
        var batch = new EventBatch(events);
        var published = System.nanoTime();
        var left = new AtomicInteger(fans.size());
        fans.forEach((loop, fan) -> {
            if (lease != null) {
                lease.share();
            }
            loop.execute(() -> fan.deliver(batch, () -> {
                metrics.fannedOut(published);
                if (left.decrementAndGet() == 0) {
                    metrics.delivered(batch);
                }
                if (lease != null) {
                    lease.done();
                }
            }));
        });
    }

    /// Any thread.
    void signal(Ephemeral ephemeral, Backlog.Lease lease) {
        fans.forEach((loop, fan) -> {
            lease.share();
            loop.execute(() -> fan.signal(ephemeral, lease::done));
        });
        lease.done();
    }

    void endAll(FeedEnd cause) {
        fans.forEach((loop, fan) -> loop.execute(() -> fan.endAll(cause)));
    }
}
