package dev.parley.room.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A moment by PostgreSQL's clock, to the microsecond; on the wire a number that means nothing to others.
record Watermark(Instant time) implements Comparable<Watermark> {

    private static final long MICROS = 1_000_000;

    /// @throws IllegalArgumentException if `text` was not made by [#toString]
    static Watermark parse(String text) {
        if (!text.matches("[0-9]{1,17}")) {
            throw new IllegalArgumentException("not a watermark");
        }
        return new Watermark(Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS));
    }

    Watermark minus(Duration duration) {
        return new Watermark(time.minus(duration));
    }

    boolean isBefore(Watermark other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Watermark other) {
        return time.compareTo(other.time);
    }

    @Override
    public String toString() {
        return Long.toString(time.getEpochSecond() * MICROS + time.getNano() / 1_000);
    }
}
