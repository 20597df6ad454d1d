package dev.parley.room.ingest;

import java.time.Duration;

/// How far apart the rounds of the partitions' loops are. A transaction costs nearly the same for one message as for
/// thirty, here, in PostgreSQL, in Redis and in the gateways, which flush their sockets once for all of them. So in a
/// busy replica messages gather: all loops fetch at the same moments, and share transactions. In a quiet one nothing
/// waits, a loop is reading already when a message comes.
/// Thread-safe.
final class Pace {

    private static final Duration WINDOW = Duration.ofMillis(100);

    /// Messages in a window from which on the moments are as far apart as they may be: 1,000 a second.
    private static final int BUSY = 100;

    private static final int STEPS = 4;

    private final long stepNanos;
    private long windowNanos;
    private int inWindow;
    private int inLastWindow;

    /// @param gather how far apart they are at most
    Pace(Duration gather) {
        this.stepNanos = gather.toNanos() / STEPS;
    }

    /// Counts messages that are about to be stored, by `System.nanoTime()`.
    synchronized void stores(int messages, long nowNanos) {
        turn(nowNanos);
        inWindow += messages;
    }

    /// How long to wait before the next fetch; zero or more.
    /// @param fetchedNanos when the loop last got something
    synchronized Duration pause(long fetchedNanos, long nowNanos) {
        turn(nowNanos);
        var steps = Math.min(STEPS, STEPS * Math.max(inWindow, inLastWindow) / BUSY);
        var apart = steps * stepNanos;
        return apart == 0 || nowNanos - fetchedNanos >= apart
                ? Duration.ZERO
                : Duration.ofNanos(apart - Math.floorMod(nowNanos, apart));
    }

    private void turn(long nowNanos) {
        var windows = (nowNanos - windowNanos) / WINDOW.toNanos();
        if (windows != 0) {
            inLastWindow = windows == 1 ? inWindow : 0;
            inWindow = 0;
            windowNanos += windows * WINDOW.toNanos();
        }
    }
}
