package dev.parley.kit.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Lets each key have its rate, counted in this process alone. A key that has been quiet for the rate's period is
/// forgotten. Thread-safe.
///
/// The generic cell rate algorithm (ITU-T I.371): one number a key, the time at which all would be forgotten.
public final class RateLimiter<K> {

    private static final int WORTH_SWEEPING = 1_024;
    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long intervalNanos;
    private final long periodNanos;
    private final int maxKeys;
    private final LongSupplier clock;
    private final Map<K, Long> freeAt = new ConcurrentHashMap<>();
    private final AtomicLong sweptAt;

    /// @param maxKeys known at the same time; whoever comes when there are more is let through uncounted
    public RateLimiter(Rate rate, int maxKeys) {
        this(rate, maxKeys, System::nanoTime);
    }

    /// @param clock as [System#nanoTime]
    RateLimiter(Rate rate, int maxKeys, LongSupplier clock) {
        this.intervalNanos = Math.max(1, rate.period().toNanos() / rate.limit());
        this.periodNanos = rate.period().toNanos();
        this.maxKeys = maxKeys;
        this.clock = clock;
        this.sweptAt = new AtomicLong(clock.getAsLong());
    }

    /// Takes one for `key`.
    /// @return 0 when there was one, else the nanoseconds until there is; nothing is taken then
    public long take(K key) {
        var now = clock.getAsLong();
        makeRoom(now);
        var wait = new long[1];
        freeAt.compute(key, (_, known) -> {
            if (known == null && freeAt.size() >= maxKeys) {
                return null;
            }
            var free = (known == null || known - now < 0 ? now : known) + intervalNanos;
            wait[0] = Math.max(0, free - now - periodNanos);
            return wait[0] > 0 ? known : free;
        });
        return wait[0];
    }

    /// Gives back one that was taken for `key` and came to nothing.
    public void giveBack(K key) {
        freeAt.computeIfPresent(key, (_, known) -> known - intervalNanos);
    }

    /// How many keys are known.
    public int size() {
        return freeAt.size();
    }

    /// Forgets who is quiet: not for a few keys, and not for each caller.
    private void makeRoom(long now) {
        var last = sweptAt.get();
        if (freeAt.size() >= WORTH_SWEEPING && now - last >= SWEEP_NANOS && sweptAt.compareAndSet(last, now)) {
            freeAt.values().removeIf(free -> free - now <= 0);
        }
    }
}
