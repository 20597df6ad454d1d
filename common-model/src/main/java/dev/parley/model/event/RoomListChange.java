package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.RoomId;

/// A room came into a user's list of rooms, or went, in the very shape in which clients receive it: no entry of a log,
/// so without a `seq`. The room service writes it when it happens, and a gateway when that was lost.
public sealed interface RoomListChange {

    /// The name on the wire.
    @JsonProperty
    String type();

    /// The user has one more room in his list.
    @JsonPropertyOrder({"type", "room"})
    record Added(EventRoom room) implements RoomListChange {

        public static final String TYPE = "room.added";

        @Override
        public String type() {
            return TYPE;
        }
    }

    /// The room is not in the user's list any more.
    @JsonPropertyOrder({"type", "room_id"})
    record Removed(RoomId roomId) implements RoomListChange {

        public static final String TYPE = "room.removed";

        @Override
        public String type() {
            return TYPE;
        }
    }
}
