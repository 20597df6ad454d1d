package dev.parley.client.outbox;

import java.time.Instant;
import java.util.UUID;

/// That a message is committed, and where.
///
/// @param seq its place in the room's log
/// @param timestamp when it was committed
public record Receipt(UUID messageId, long seq, Instant timestamp) {}
