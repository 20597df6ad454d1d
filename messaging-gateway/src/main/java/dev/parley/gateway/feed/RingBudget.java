package dev.parley.gateway.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// The bytes that all rings of the process hold. When they are too many, the rings that were used least recently
/// give up what they have: a busy room is not made to read the log because of thousands that fell silent.
/// Thread-safe.
final class RingBudget {

    private static final float LOAD_FACTOR = 0.75f;

    /// A ring that has to go, and what it held when that was decided.
    private record Eviction(Ring ring, long bytes) {}

    private final long limit;

    /// By use, the least recent first.
    private final Map<Ring, Long> held = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    private long total;

    /// What rings hold that have been told to give it up, and have not yet.
    private long leaving;

    RingBudget(long limit) {
        this.limit = limit;
    }

    /// `ring` is in use, and holds so many bytes more (or less) than before.
    void used(Ring ring, long change) {
        var evictions = new ArrayList<Eviction>();
        synchronized (this) {
            total += change;
            if (held.merge(ring, change, Long::sum) <= 0) {
                held.remove(ring);
            }
            while (total - leaving > limit && !held.isEmpty()) {
                evictions.add(takeLeastRecent());
            }
        }
        evictions.forEach(eviction -> eviction.ring().giveUp(eviction.bytes()));
    }

    /// The ring has done as it was told.
    synchronized void gaveUp(long bytes) {
        leaving -= bytes;
    }

    synchronized long total() {
        return total;
    }

    private Eviction takeLeastRecent() {
        var oldest = held.entrySet().iterator().next();
        var eviction = new Eviction(oldest.getKey(), oldest.getValue());
        held.remove(eviction.ring());
        leaving += eviction.bytes();
        return eviction;
    }
}
