package dev.parley.gateway.frame;

import dev.parley.model.id.MessageId;
import java.util.List;
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

    /// `read`: everything up to `seq` is read.
    /// @param roomId as in [Send]
    record Read(Optional<String> id, @Nullable String roomId, long seq) implements ClientFrame {}

    /// `typing`, which is never answered.
    /// @param roomId as in [Send]
    record Typing(Optional<String> id, @Nullable String roomId, boolean isTyping) implements ClientFrame {}

    /// `subscribe`, in either form.
    /// @param rooms at most [#MAX_ROOMS], in the client's order
    record Subscribe(Optional<String> id, List<Wish> rooms) implements ClientFrame {

        public static final int MAX_ROOMS = 100;

        public Subscribe {
            rooms = List.copyOf(rooms);
        }

        /// A room to follow.
        /// @param roomId as written, possibly no room at all
        /// @param afterSeq the client has every event up to this one; null when live events are enough
        /// @param logEpoch the epoch of the log it knows; null when it did not say
        public record Wish(
                String roomId,
                @Nullable Long afterSeq,
                @Nullable Long logEpoch) {}
    }

    /// `unsubscribe`.
    /// @param roomId as written, possibly no room at all
    record Unsubscribe(Optional<String> id, String roomId) implements ClientFrame {}

    /// `auth.refresh`: a later token of the same session.
    record Refresh(Optional<String> id, String token) implements ClientFrame {

        /// Never with its token: a frame may end up in a log.
        @Override
        public String toString() {
            return "Refresh[id=" + id + "]";
        }
    }

    /// `ping`, for clients that do not see RFC 6455 pings.
    record Ping(Optional<String> id) implements ClientFrame {}
}
