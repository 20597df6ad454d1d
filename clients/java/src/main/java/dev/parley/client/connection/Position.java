package dev.parley.client.connection;

import org.jspecify.annotations.Nullable;

/// How far a room's log is known.
///
/// @param seq of the last event that is known; 0 for none
/// @param logEpoch of the log that was read, or null when it is not known: then a restored backup goes unnoticed once
public record Position(long seq, @Nullable Long logEpoch) {

    public Position {
        if (seq < 0) {
            throw new IllegalArgumentException("seq must not be negative");
        }
    }
}
