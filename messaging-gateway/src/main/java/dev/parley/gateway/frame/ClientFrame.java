package dev.parley.gateway.frame;

import dev.parley.model.id.MessageId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A frame from a client, checked: whatever is one of these can be acted upon.
public sealed interface ClientFrame {

    /// Chosen by the client and echoed in the answer; without it there is no answer.
    Optional<String> id();

    /// `message.send`.
    /// @param roomId as written, possibly no room at all; null means the socket's own room
    record Send(
            Optional<String> id,
            @Nullable String roomId,
            String clientMessageId,
            String content,
            @Nullable MessageId replyToId)
            implements ClientFrame {

        /// About what the command occupies on its way, in bytes.
        public int size() {
            return clientMessageId.length() + content.length() * 3 + 64;
        }
    }

    /// `ping`, for clients that do not see RFC 6455 pings.
    record Ping(Optional<String> id) implements ClientFrame {}
}
