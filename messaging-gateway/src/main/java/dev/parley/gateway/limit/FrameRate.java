package dev.parley.gateway.limit;

import dev.parley.kit.limit.Rate;

/// The rate of one socket's frames; the generic cell rate algorithm, as [dev.parley.kit.limit.RateLimiter], in one
/// number. Thread: the socket's event loop.
final class FrameRate {

    private final long intervalNanos;
    private final long periodNanos;
    private long freeAt = System.nanoTime();

    FrameRate(Rate rate) {
        this.intervalNanos = Math.max(1, rate.period().toNanos() / rate.limit());
        this.periodNanos = rate.period().toNanos();
    }

    /// @return 0 when there was one, else the nanoseconds until there is
    long take() {
        var now = System.nanoTime();
        var free = (freeAt - now < 0 ? now : freeAt) + intervalNanos;
        if (free - now > periodNanos) {
            return free - now - periodNanos;
        }
        freeAt = free;
        return 0;
    }
}
