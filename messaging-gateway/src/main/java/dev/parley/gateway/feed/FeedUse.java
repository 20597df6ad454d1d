package dev.parley.gateway.feed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Whether somebody needs a feed: those who read it, and those who may come back. Decides when it can be forgotten.
/// Thread-safe.
final class FeedUse {

    private final AtomicInteger readers = new AtomicInteger();
    private final long idleNanos;
    private volatile long touchedNanos = System.nanoTime();
    private volatile boolean started;

    /// @param idleLimit how long a feed that nobody reads is kept
    FeedUse(Duration idleLimit) {
        this.idleNanos = idleLimit.toNanos();
    }

    /// Somebody asked for the room a moment ago.
    void touch() {
        touchedNanos = System.nanoTime();
    }

    /// Somebody was let in: the room exists.
    void start() {
        started = true;
    }

    void join() {
        readers.incrementAndGet();
    }

    void leave() {
        touch();
        readers.decrementAndGet();
    }

    int readers() {
        return readers.get();
    }

    /// Whether nobody reads the feed and nobody has begun to: the room may not even exist.
    boolean isUnused() {
        return readers.get() == 0 && !started;
    }

    boolean isIdle() {
        return readers.get() == 0 && System.nanoTime() - touchedNanos > idleNanos;
    }
}
