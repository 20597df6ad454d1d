package dev.parley.client.event;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message as events show it: the same for every reader.
///
/// @param seq that of its creation
/// @param content exactly as sent, never HTML; empty when it was deleted
/// @param clientMessageId null when the sender gave none
public record EventMessage(
        UUID id,
        UUID roomId,
        long seq,
        UserRef sender,
        String content,
        @Nullable String clientMessageId,
        @Nullable ReplyTo replyTo,
        Instant timestamp,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt,
        List<Reaction> reactions) {

    public EventMessage {
        Objects.requireNonNull(id);
        Objects.requireNonNull(roomId);
        Objects.requireNonNull(sender);
        Objects.requireNonNull(content);
        Objects.requireNonNull(timestamp);
        reactions = List.copyOf(Objects.requireNonNullElse(reactions, List.of()));
    }

    /// The message that is replied to.
    public record ReplyTo(UUID id, long seq) {}

    /// How many users reacted with an emoji.
    public record Reaction(String emoji, int count) {}
}
