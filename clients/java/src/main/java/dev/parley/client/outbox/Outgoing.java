package dev.parley.client.outbox;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as it is kept until it is stored. `(sender, roomId, clientMessageId)` is its identity, for ever.
///
/// @param sender whose message it is: it is never sent in another's name
/// @param clientMessageId 1 to 64 printable ASCII characters
/// @param replyToId a message of the same room, or null
public record Outgoing(
        UUID sender,
        UUID roomId,
        String clientMessageId,
        String content,
        @Nullable UUID replyToId,
        Instant queuedAt) {

    public Outgoing {
        Objects.requireNonNull(sender);
        Objects.requireNonNull(roomId);
        Objects.requireNonNull(content);
        Objects.requireNonNull(queuedAt);
        if (!clientMessageId.matches("[\\x20-\\x7e]{1,64}")) {
            throw new IllegalArgumentException("clientMessageId must be 1 to 64 printable ASCII characters");
        }
    }

    /// What no other message of any store has.
    Key key() {
        return new Key(sender, roomId, clientMessageId);
    }

    record Key(UUID sender, UUID roomId, String clientMessageId) {}
}
