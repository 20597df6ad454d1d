package dev.parley.model.stream;

import dev.parley.model.id.MessageId;
import org.jspecify.annotations.Nullable;

/// A wish to add one message to a room.
/// @param ref names the command within its connection; comes back with the outcome, means nothing to the writer
/// @param clientMessageId null only over REST, where it is optional
public record SendCommand(
        long ref,
        @Nullable String clientMessageId,
        String content,
        @Nullable MessageId replyToId) {}
