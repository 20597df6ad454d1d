package dev.parley.model.stream;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entry of `signal:{p}`: something of the moment (typing, a moved read cursor, a new room in somebody's list),
/// relayed once and stored nowhere. It has no `seq`; who misses one reads the present state when he needs it.
///
/// @param audience whose sockets get it
/// @param type the frame's name on the wire
/// @param except a connection that does not get it, since it knows already; null when all do
/// @param body the frame as JSON, exactly as the client receives it
public record Signal(
        Audience audience, String type, @Nullable Origin except, String body) {

    /// Whose sockets get a signal.
    public sealed interface Audience {

        /// Everybody who follows a room.
        /// @param exceptUserId a user none of whose sockets get it; null when all do
        record OfRoom(RoomId roomId, @Nullable UserId exceptUserId) implements Audience {}

        /// The sockets of one user: those for many rooms and, when it is about a room, those on that room's URL.
        /// @param roomId the room it is about, given for `room.added` and `room.removed` too; null for none
        record OfUser(UserId userId, @Nullable RoomId roomId) implements Audience {}
    }

    /// Which `signal:{p}` it belongs into: the room's, or the user's when it is for one user.
    public int partition(int partitions) {
        return switch (audience) {
            case Audience.OfRoom(var roomId, var _) -> StreamKeys.partitionOf(roomId, partitions);
            case Audience.OfUser(var userId, var _) -> StreamKeys.partitionOf(userId, partitions);
        };
    }

    public Map<String, String> toFields() {
        var fields = new LinkedHashMap<String, String>();
        switch (audience) {
            case Audience.OfRoom(var roomId, var exceptUserId) -> {
                fields.put("audience", "room");
                fields.put("room_id", roomId.toString());
                if (exceptUserId != null) {
                    fields.put("except_user_id", exceptUserId.toString());
                }
            }
            case Audience.OfUser(var userId, var roomId) -> {
                fields.put("audience", "user");
                fields.put("user_id", userId.toString());
                if (roomId != null) {
                    fields.put("room_id", roomId.toString());
                }
            }
        }
        fields.put("type", type);
        if (except != null) {
            fields.put("except_gateway_id", except.gatewayId());
            fields.put("except_connection_id", except.connectionId());
        }
        fields.put("body", body);
        return fields;
    }

    /// @throws IllegalArgumentException if a field is missing or misshapen
    public static Signal of(Map<String, String> fields) {
        var read = new FieldReader(fields);
        return new Signal(audience(read), read.text("type"), except(read), read.text("body"));
    }

    private static Audience audience(FieldReader read) {
        return switch (read.text("audience")) {
            case "room" ->
                new Audience.OfRoom(
                        read.required("room_id", RoomId::fromString),
                        read.optional("except_user_id", UserId::fromString));
            case "user" ->
                new Audience.OfUser(
                        read.required("user_id", UserId::fromString), read.optional("room_id", RoomId::fromString));
            case String other -> throw new IllegalArgumentException("field audience is misshapen: " + other);
        };
    }

    private static @Nullable Origin except(FieldReader read) {
        return read.optional("except_gateway_id") == null
                ? null
                : new Origin(read.text("except_gateway_id"), read.text("except_connection_id"));
    }
}
