package dev.parley.gateway.feed;

import dev.parley.model.internal.EventPage;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/// How a feed gets from the log what the relay did not bring: one request at a time, again after a pause when it
/// fails or brings nothing, until the gap is closed or has lasted too long.
///
/// Thread: the feed's owner.
final class Healing {

    /// The feed, as far as healing needs it.
    interface Gap {

        /// The last event without a hole before it.
        long head();

        /// Whether events wait behind a missing one.
        boolean holdsMore();

        /// Takes events of the log; false when they are of another log.
        boolean take(EventPage page);

        /// The gap could not be closed.
        void giveUp();
    }

    private static final int ROUNDS_BEFORE_HEALING = 2;

    private final Gap gap;
    private final LogReads reads;
    private final EventLoop owner;
    private final FeedConfig config;
    private final FeedMetrics metrics;
    private int generation;
    private boolean underWay;
    private boolean scheduled;
    private long gapSinceNanos;
    private int roundsBehind;

    Healing(Gap gap, LogReads reads, EventLoop owner, FeedConfig config, FeedMetrics metrics) {
        this.gap = gap;
        this.reads = reads;
        this.owner = owner;
        this.config = config;
        this.metrics = metrics;
    }

    /// Something is missing: it may still come by itself for a moment.
    void soon() {
        if (!underWay && !scheduled) {
            scheduled = true;
            owner.schedule(
                    () -> {
                        scheduled = false;
                        if (gap.holdsMore()) {
                            metrics.healedByGap();
                            heal();
                        }
                    },
                    config.gapPatience().toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /// A round of heads: one round behind is the relay's business, two are ours.
    void compare(long lastSeq) {
        if (lastSeq <= gap.head()) {
            roundsBehind = 0;
        } else if (++roundsBehind >= ROUNDS_BEFORE_HEALING) {
            metrics.healedByHeads();
            heal();
        }
    }

    /// The log has more than the feed.
    void reach() {
        metrics.healedByHeads();
        heal();
    }

    void heal() {
        if (!underWay) {
            underWay = true;
            noteGap();
            var asked = generation;
            reads.fetch(gap.head(), page -> healed(page, asked), () -> later(asked));
        }
    }

    /// The head moved: what is missing now, if anything, is another gap.
    void progressed() {
        gapSinceNanos = 0;
    }

    /// What is under way concerns a log that is forgotten.
    void reset() {
        generation++;
        underWay = false;
        gapSinceNanos = 0;
        roundsBehind = 0;
    }

    private void noteGap() {
        if (gapSinceNanos == 0) {
            gapSinceNanos = System.nanoTime();
        }
    }

    private void healed(EventPage page, int asked) {
        if (asked != generation) {
            return;
        }
        underWay = false;
        var before = gap.head();
        if (!gap.take(page)) {
            gap.giveUp();
        } else if (page.lastSeq() > gap.head() && gap.head() > before) {
            heal();
        } else if (page.lastSeq() <= gap.head() && !gap.holdsMore()) {
            roundsBehind = 0;
            gapSinceNanos = 0;
        } else {
            later(asked);
        }
    }

    private void later(int asked) {
        if (asked != generation) {
            return;
        }
        underWay = true;
        noteGap();
        if (System.nanoTime() - gapSinceNanos > config.gapLimit().toNanos()) {
            gap.giveUp();
            return;
        }
        owner.schedule(
                () -> {
                    if (asked == generation) {
                        underWay = false;
                        heal();
                    }
                },
                config.retryPause().toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
