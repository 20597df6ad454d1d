package dev.parley.gateway.feed;

import dev.parley.model.id.RoomId;
import dev.parley.model.internal.EventPage;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What a feed reads from the log for those behind its ring: one request for all readers of the same page.
/// Pages start at multiples of the page size, so that readers at different positions of a page share it.
///
/// Thread: the feed's owner.
final class LogReads {

    private record Waiter(Subscription subscription, long position) {}

    private final RoomId room;
    private final EventLoop owner;
    private final LogSource log;
    private final FeedConfig config;
    private final BiConsumer<Subscription, Long> serve;
    private final Map<Long, List<Waiter>> waiters = new HashMap<>();

    /// @param serve tries a reader again
    LogReads(RoomId room, EventLoop owner, LogSource log, FeedConfig config, BiConsumer<Subscription, Long> serve) {
        this.room = room;
        this.owner = owner;
        this.log = log;
        this.config = config;
        this.serve = serve;
    }

    /// Gets `subscription` the events after `position`. Whoever waits too long is ended.
    /// @param learn told of every page, before its readers
    void read(Subscription subscription, long position, Consumer<EventPage> learn) {
        if (subscription.waitingSince == 0) {
            subscription.waitingSince = System.nanoTime();
        }
        request(position - position % config.logPage(), new Waiter(subscription, position), learn);
    }

    /// One page after `afterSeq`, for the feed itself.
    void fetch(long afterSeq, Consumer<EventPage> then, Runnable failed) {
        log.events(room, afterSeq, config.logPage())
                .whenComplete((page, failure) -> owner.execute(() -> {
                    if (failure == null) {
                        then.accept(page);
                    } else {
                        failed.run();
                    }
                }));
    }

    void retryAll() {
        takeWaiters().forEach(waiter -> serve.accept(waiter.subscription(), waiter.position()));
    }

    List<Subscription> takeAll() {
        return takeWaiters().stream().map(Waiter::subscription).toList();
    }

    private List<Waiter> takeWaiters() {
        var all = waiters.values().stream().flatMap(List::stream).toList();
        waiters.clear();
        return all;
    }

    private void request(long afterSeq, Waiter waiter, Consumer<EventPage> learn) {
        var sharing = waiters.get(afterSeq);
        if (sharing != null) {
            sharing.add(waiter);
            return;
        }
        waiters.put(afterSeq, new ArrayList<>(List.of(waiter)));
        fetch(
                afterSeq,
                page -> {
                    var served = waiters.remove(afterSeq);
                    learn.accept(page);
                    if (served != null) {
                        served.forEach(each -> hand(each, afterSeq, page, learn));
                    }
                },
                () -> {
                    var failed = waiters.remove(afterSeq);
                    if (failed != null) {
                        failed.forEach(this::tryLater);
                    }
                });
    }

    private void hand(Waiter waiter, long afterSeq, EventPage page, Consumer<EventPage> learn) {
        var events = page.events().stream()
                .filter(entry -> entry.seq() > waiter.position())
                .map(FeedEvent::of)
                .toList();
        if (!events.isEmpty()) {
            waiter.subscription().waitingSince = 0;
            waiter.subscription()
                    .reader()
                    .eventLoop()
                    .execute(() -> waiter.subscription().replay(events, config.replayBytes()));
        } else if (afterSeq < waiter.position() && page.lastSeq() > waiter.position()) {
            // The page was cut by its bytes before the position: ask from the position itself.
            request(waiter.position(), waiter, learn);
        } else {
            tryLater(waiter);
        }
    }

    private void tryLater(Waiter waiter) {
        var subscription = waiter.subscription();
        if (System.nanoTime() - subscription.waitingSince > config.gapLimit().toNanos()) {
            subscription.reader().eventLoop().execute(() -> subscription.endBecause(FeedEnd.INTERNAL_GAP));
        } else {
            owner.schedule(
                    () -> serve.accept(subscription, waiter.position()),
                    config.retryPause().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }
}
