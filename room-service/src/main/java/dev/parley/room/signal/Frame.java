package dev.parley.room.signal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import org.jspecify.annotations.Nullable;

/// A frame without a `seq`, as clients get it.
public sealed interface Frame {

    /// The name on the wire, as `read.updated`.
    @JsonProperty
    String type();

    /// A participant's read cursor moved.
    /// @param unreadCount for himself only; null in what others get
    @JsonPropertyOrder({"type", "room_id", "user_id", "last_read_seq", "unread_count"})
    record ReadUpdated(
            RoomId roomId,
            UserId userId,
            long lastReadSeq,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer unreadCount)
            implements Frame {

        @Override
        public String type() {
            return "read.updated";
        }
    }

    /// A room came into the user's list, or went.
    record RoomListChanged(RoomListChange change) implements Frame {

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

    /// An account has other names, or none any more.
    @JsonPropertyOrder({"type", "user"})
    record UserUpdated(UserRef user) implements Frame {

        @Override
        public String type() {
            return "user.updated";
        }
    }
}
