package dev.parley.kit.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Pauses between attempts that fail: 50 ms, doubled each time up to a bound, with a random part, so that the
/// loops of all replicas do not come back at once. Thread: one.
public final class BackOff {

    private static final long FIRST_MILLIS = 50;

    private final CountDownLatch stop;
    private final long maxMillis;
    private long nextMillis = FIRST_MILLIS;

    /// @param stop ends a pause at once
    public BackOff(CountDownLatch stop, Duration max) {
        this.stop = stop;
        this.maxMillis = max.toMillis();
    }

    public void pause() {
        var millis = nextMillis / 2 + ThreadLocalRandom.current().nextLong(nextMillis / 2 + 1);
        nextMillis = Math.min(maxMillis, nextMillis * 2);
        pauseFor(Duration.ofMillis(millis));
    }

    /// A pause that no failure asked for, and that changes no later one.
    public void pauseFor(Duration duration) {
        try {
            var _ = stop.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void reset() {
        nextMillis = FIRST_MILLIS;
    }
}
