package dev.parley.model.event;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// The one spelling of a time on the wire: RFC 3339, UTC, always three digits of milliseconds
/// (`Instant.toString()` leaves them out when they are zero, and prints nanoseconds when there are any).
public final class Timestamps {

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Timestamps() {}

    public static String format(Instant instant) {
        return FORMAT.format(instant);
    }

    /// @throws java.time.format.DateTimeParseException if `text` is not RFC 3339
    public static Instant parse(String text) {
        return Instant.parse(text);
    }
}
