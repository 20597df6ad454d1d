package dev.parley.gateway.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The live readers of one room on one event loop. A large room is served in slices of [#SLICE] readers, between
/// which the event loop turns to others; what is asked of the fan meanwhile waits, so that joins and deliveries keep
/// the order in which the feed made them.
/// Thread: that event loop.
final class Fan {

    static final int SLICE = 2_000;

    private static final Logger LOG = Logger.getLogger(Fan.class);

    /// Something to be done, perhaps in several steps.
    private interface Job {

        /// @return whether it is finished
        boolean step();
    }

    private final Executor loop;
    private final List<Subscription> live = new ArrayList<>();
    private final Deque<Job> jobs = new ArrayDeque<>();

    Fan(Executor loop) {
        this.loop = loop;
    }

    /// @param logEpoch the epoch of the log the subscription joins
    void join(Subscription subscription, long logEpoch) {
        take(() -> {
            try {
                if (subscription.goLive(logEpoch)) {
                    subscription.fanIndex = live.size();
                    live.add(subscription);
                }
            } catch (Throwable e) {
                fail(subscription, e);
            }
            return true;
        });
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

    /// @param done runs when all readers have it
    void deliver(EventBatch batch, Runnable done) {
        var shared = new SharedBatch(batch.bodies());
        take(new Round(subscription -> subscription.deliver(batch, shared), () -> end(shared, done)));
    }

    /// @param done runs when all readers have it
    void signal(Ephemeral ephemeral, Runnable done) {
        var shared = new SharedBatch(List.of(ephemeral.json()));
        take(new Round(
                subscription -> {
                    if (ephemeral.isFor(subscription.reader())) {
                        subscription.reader().signal(shared);
                    }
                },
                () -> end(shared, done)));
    }

    private static void end(SharedBatch shared, Runnable done) {
        try {
            shared.release();
        } finally {
            done.run();
        }
    }

    void endAll(FeedEnd cause) {
        take(new Round(subscription -> subscription.endBecause(cause), () -> {}));
    }

    private void take(Job job) {
        jobs.add(job);
        if (jobs.size() == 1) {
            work();
        }
    }

    private void work() {
        while (!jobs.isEmpty()) {
            if (!stepOfFirst()) {
                loop.execute(this::work);
                return;
            }
        }
    }

    /// A job that fails is finished: nothing that waits behind it may wait for ever.
    private boolean stepOfFirst() {
        var isFinished = true;
        try {
            isFinished = jobs.getFirst().step();
        } catch (Throwable e) {
            LOG.error("fan failed", e);
        } finally {
            if (isFinished) {
                jobs.removeFirst();
            }
        }
        return isFinished;
    }

    /// What it missed it has to read again; it leaves the fan even if it cannot be told.
    private static void fail(Subscription subscription, Throwable cause) {
        LOG.error("reader failed", cause);
        try {
            subscription.endBecause(FeedEnd.INTERNAL_GAP);
        } catch (Throwable e) {
            LOG.error("reader cannot be ended", e);
        }
    }

    /// Does the same for every reader, backwards, so that readers may leave meanwhile: whoever takes the place of one
    /// that left has had his turn, and takes no event twice.
    private final class Round implements Job {

        private final Consumer<Subscription> each;
        private final Runnable end;
        private int left = Integer.MAX_VALUE;

        private Round(Consumer<Subscription> each, Runnable end) {
            this.each = each;
            this.end = end;
        }

        @Override
        public boolean step() {
            var isOver = true;
            try {
                left = Math.min(left, live.size());
                for (int last = Math.max(0, left - SLICE); left > last; left--) {
                    if (left <= live.size()) {
                        serve(live.get(left - 1));
                    }
                }
                isOver = left == 0;
            } finally {
                if (isOver) {
                    end.run();
                }
            }
            return isOver;
        }

        /// One reader that fails, be it for want of memory, is no reason to leave the others out.
        private void serve(Subscription subscription) {
            try {
                each.accept(subscription);
            } catch (Throwable e) {
                fail(subscription, e);
            }
        }
    }
}
