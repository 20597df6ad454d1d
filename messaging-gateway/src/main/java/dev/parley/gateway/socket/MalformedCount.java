package dev.parley.gateway.socket;

import java.util.concurrent.TimeUnit;

/// Malformed frames of one socket, counted a minute at a time. Thread: the socket's event loop.
final class MalformedCount {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final int limit;
    private long windowStartNanos = System.nanoTime();
    private int count;

    /// @param limit how many a minute are borne
    MalformedCount(int limit) {
        this.limit = limit;
    }

    /// Counts one more.
    boolean isTooMany() {
        var now = System.nanoTime();
        if (now - windowStartNanos > MINUTE_NANOS) {
            windowStartNanos = now;
            count = 0;
        }
        return ++count > limit;
    }
}
