package dev.parley.gateway.limit;

import java.util.concurrent.TimeUnit;

/// What happens on one socket and is borne so often, counted a minute at a time. Thread: the socket's event loop.
public final class PerMinute {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int limit;
    private long windowStartNanos = System.nanoTime();
    private int count;

    /// @param limit how many a minute are borne
    public PerMinute(int limit) {
        this.limit = limit;
    }

    /// Counts one more.
    public boolean isTooMany() {
        var now = System.nanoTime();
        if (now - windowStartNanos > MINUTE_NANOS) {
            windowStartNanos = now;
            count = 0;
        }
        return ++count > limit;
    }
}
