package dev.parley.room.ingest;

import dev.parley.model.stream.IngestEntry;
import dev.parley.room.message.Sends;
import java.time.Duration;

/// An entry of the stream that this process holds: read or claimed, not acknowledged yet.
/// @param id its id in the stream
/// @param heldSinceNanos when it came, by `System.nanoTime()`
/// @param timeOuts how often PostgreSQL could not store it, or a batch it was in, within its time-out
/// @param dueNanos not to be tried before, by `System.nanoTime()`
record Delivery(String id, IngestEntry entry, long heldSinceNanos, int timeOuts, long dueNanos) {

    /// A try takes a partition 5 s: one entry that never fits gets at most a third of its time, and soon a twentieth.
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);

    private static final int MAX_DOUBLINGS = 3;

    /// One that has just come.
    Delivery(String id, IngestEntry entry, long heldSinceNanos) {
        this(id, entry, heldSinceNanos, 0, heldSinceNanos);
    }

    /// As one whose batch ran into the time-out: to be tried by itself, at once.
    Delivery alone() {
        return new Delivery(id, entry, heldSinceNanos, Math.max(1, timeOuts), dueNanos);
    }

    /// As one that ran into the time-out by itself: to be tried again after a pause, which doubles up to 80 s.
    Delivery putOff() {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.clamp(timeOuts - 1, 0, MAX_DOUBLINGS));
        return new Delivery(id, entry, heldSinceNanos, Math.max(1, timeOuts) + 1, System.nanoTime() + pause.toNanos());
    }

    boolean isSuspect() {
        return timeOuts > 0;
    }

    boolean isDue(long nowNanos) {
        return nowNanos - dueNanos >= 0;
    }

    int commands() {
        return entry.commands().size();
    }

    /// Characters of content.
    long size() {
        return Sends.of(entry).size();
    }
}
