package dev.parley.room.message;

import dev.parley.model.id.MessageId;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// Makes the ids of messages: UUIDv7 with a counter (RFC 9562, section 6.2, method 1), which is the `seq`, so that the
/// messages of a room that are stored in one millisecond stand in their order. Search lists by id.
final class MessageIds {

    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
    private static final int RANDOM_BITS = 50;
    private static final long RANDOM_MASK = (1L << RANDOM_BITS) - 1;

    private MessageIds() {}

    /// @param now the message's time
    /// @param seq its lowest 24 bits count
    static MessageId of(Instant now, long seq) {
        var counter = seq >>> COUNTER_BITS;
        var random = ThreadLocalRandom.current().nextLong() & RANDOM_MASK;
        var high = (now.toEpochMilli() << 16) | 0x7000 | (counter & COUNTER_MASK);
        var low = (1L << 63) | ((seq & COUNTER_MASK) << RANDOM_BITS) | random;
        return new MessageId(new UUID(high, low));
    }
}
