package dev.parley.room.ingest;

import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.SendCommand;

/// An entry of the stream that this process holds: read or claimed, not acknowledged yet.
/// @param id its id in the stream
/// @param heldSinceNanos when it came, by `System.nanoTime()`
record Delivery(String id, IngestEntry entry, long heldSinceNanos) {

    int commands() {
        return entry.commands().size();
    }

    /// Characters of content, which is what makes an entry large.
    long size() {
        return entry.commands().stream()
                .map(SendCommand::content)
                .mapToLong(String::length)
                .sum();
    }
}
