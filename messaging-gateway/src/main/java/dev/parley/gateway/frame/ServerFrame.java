package dev.parley.gateway.frame;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A frame to one client. Members that are null are left out.
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

    /// The name on the wire.
    @JsonProperty
    String type();

    /// Always the first frame.
    /// @param lastSeq the room's newest event; live events, or the replay that was asked for, lead on from it
    @JsonPropertyOrder({
        "type",
        "connection_id",
        "user_id",
        "heartbeat_interval_ms",
        "max_frame_bytes",
        "max_subscriptions",
        "token_expires_at",
        "server_time",
        "room_id",
        "last_seq",
        "log_epoch"
    })
    record Hello(
            String connectionId,
            UserId userId,
            long heartbeatIntervalMs,
            int maxFrameBytes,
            int maxSubscriptions,
            Instant tokenExpiresAt,
            Instant serverTime,
            @Nullable RoomId roomId,
            @Nullable Long lastSeq,
            @Nullable Long logEpoch)
            implements ServerFrame {

        @Override
        public String type() {
            return "hello";
        }
    }

    /// The message is committed in PostgreSQL.
    /// @param duplicate it had been before this frame was looked at
    @JsonPropertyOrder({"type", "id", "client_message_id", "message_id", "room_id", "seq", "timestamp", "duplicate"})
    record SendAck(
            String id,
            String clientMessageId,
            MessageId messageId,
            RoomId roomId,
            long seq,
            Instant timestamp,
            boolean duplicate)
            implements ServerFrame {

        @Override
        public String type() {
            return "ack";
        }
    }

    /// The answer to a `subscribe`; the replays of its rooms come after it.
    @JsonPropertyOrder({"type", "id", "rooms", "errors"})
    record SubscribeAck(String id, List<Followed> rooms, List<Refused> errors) implements ServerFrame {

        public SubscribeAck {
            rooms = List.copyOf(rooms);
            errors = List.copyOf(errors);
        }

        /// A room that is followed.
        /// @param lastSeq live events, or the replay that was asked for, lead on from it
        @JsonPropertyOrder({"room_id", "last_seq", "log_epoch"})
        public record Followed(RoomId roomId, long lastSeq, long logEpoch) {}

        /// A room that is not followed.
        /// @param roomId as the client wrote it
        @JsonPropertyOrder({"room_id", "code"})
        public record Refused(String roomId, ProblemCode code) {}

        @Override
        public String type() {
            return "ack";
        }
    }

    /// Nothing of the room comes after it.
    @JsonPropertyOrder({"type", "id"})
    record UnsubscribeAck(String id) implements ServerFrame {

        @Override
        public String type() {
            return "ack";
        }
    }

    /// The read cursor as it is after a `read`.
    @JsonPropertyOrder({"type", "id", "last_read_seq", "unread_count"})
    record ReadAck(String id, long lastReadSeq, int unreadCount) implements ServerFrame {

        @Override
        public String type() {
            return "ack";
        }
    }

    /// The socket lives as long as the new token.
    @JsonPropertyOrder({"type", "id", "token_expires_at"})
    record RefreshAck(String id, Instant tokenExpiresAt) implements ServerFrame {

        @Override
        public String type() {
            return "ack";
        }
    }

    /// The frame could not be carried out; the connection lives.
    /// @param retryable whether the same frame may succeed later
    @JsonPropertyOrder({"type", "id", "code", "detail", "retryable", "retry_after_ms"})
    record Failure(
            @Nullable String id,
            ProblemCode code,
            String detail,
            boolean retryable,
            @Nullable Long retryAfterMs) implements ServerFrame {

        public static Failure of(@Nullable String id, ProblemCode code, String detail) {
            return new Failure(id, code, detail, code.retryable(), null);
        }

        @Override
        public String type() {
            return "error";
        }
    }

    /// The end of a replay.
    @JsonPropertyOrder({"type", "room_id", "from_seq", "to_seq", "last_seq", "log_epoch", "complete"})
    record ReplayEnd(RoomId roomId, long fromSeq, long toSeq, long lastSeq, long logEpoch, boolean complete)
            implements ServerFrame {

        @Override
        public String type() {
            return "resumed";
        }
    }

    /// A user types, or does not any more.
    @JsonPropertyOrder({"type", "room_id", "user_id", "username", "is_typing"})
    record Typing(RoomId roomId, UserId userId, String username, boolean isTyping) implements ServerFrame {

        @Override
        public String type() {
            return "typing";
        }
    }

    /// A room came into the user's list, or went.
    record RoomListChanged(RoomListChange change) implements ServerFrame {

        @Override
        @JsonValue
        public RoomListChange change() {
            return change;
        }

        @Override
        public String type() {
            return change.type();
        }
    }

    /// The token ends soon; the socket will be closed with 4401 when it does.
    @JsonPropertyOrder({"type", "token_expires_at"})
    record AuthExpiring(Instant tokenExpiresAt) implements ServerFrame {

        @Override
        public String type() {
            return "auth.expiring";
        }
    }

    /// The gateway stops; the socket will be closed with 1012.
    @JsonPropertyOrder({"type", "reconnect_after_ms"})
    record Draining(long reconnectAfterMs) implements ServerFrame {

        @Override
        public String type() {
            return "server.draining";
        }
    }

    /// Who of a room is online.
    /// @param online null when it is not known, and in large rooms, which only have a number
    @JsonPropertyOrder({"type", "room_id", "online", "online_count"})
    record PresenceSnapshot(
            RoomId roomId,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            List<UserId> online,

            long onlineCount) implements ServerFrame {

        @Override
        public String type() {
            return "presence.snapshot";
        }
    }

    /// A user came or went.
    /// @param status `online` or `offline`
    @JsonPropertyOrder({"type", "user_id", "status", "last_active_at"})
    record PresenceUpdated(UserId userId, String status, Instant lastActiveAt) implements ServerFrame {

        @Override
        public String type() {
            return "presence.updated";
        }
    }

    /// How many of a large room are online.
    @JsonPropertyOrder({"type", "room_id", "online_count"})
    record PresenceCount(RoomId roomId, long onlineCount) implements ServerFrame {

        @Override
        public String type() {
            return "presence.count";
        }
    }

    /// The answer to a `ping`.
    @JsonPropertyOrder({"type", "id"})
    record Pong(@Nullable String id) implements ServerFrame {

        @Override
        public String type() {
            return "pong";
        }
    }
}
