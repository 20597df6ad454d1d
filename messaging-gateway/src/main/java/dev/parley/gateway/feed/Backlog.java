package dev.parley.gateway.feed;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Bytes that were read from streams and that event loops have not handed to sockets yet. Above its bound the reader
/// of the stream waits, and Redis keeps what it has: tasks in an event loop's queue have no bound of their own.
/// Thread-safe.
final class Backlog {

    private static final int UNIT_BYTES = 1_024;

    private final int limit;
    private final Semaphore free;

    Backlog(long limitBytes) {
        this.limit = Math.clamp(limitBytes / UNIT_BYTES, 1, Integer.MAX_VALUE);
        this.free = new Semaphore(limit, true);
    }

    long bytes() {
        return (long) (limit - free.availablePermits()) * UNIT_BYTES;
    }

    /// Waits until there is room. More than the whole bound is let through alone.
    Lease take(long bytes) throws InterruptedException {
        var units = units(bytes);
        free.acquire(units);
        return new Lease(units);
    }

    /// @return null when there is no room now
    @Nullable
    Lease tryTake(long bytes) {
        var units = units(bytes);
        try {
            return free.tryAcquire(units, 0, TimeUnit.SECONDS) ? new Lease(units) : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private int units(long bytes) {
        return Math.clamp(bytes / UNIT_BYTES + 1, 1, limit);
    }

    /// What one piece takes of the backlog, until all who work on it are done.
    final class Lease {

        private final int units;
        private final AtomicInteger holders = new AtomicInteger(1);

        private Lease(int units) {
            this.units = units;
        }

        /// One more works on it.
        void share() {
            holders.incrementAndGet();
        }

        void done() {
            if (holders.decrementAndGet() == 0) {
                free.release(units);
            }
        }
    }
}
