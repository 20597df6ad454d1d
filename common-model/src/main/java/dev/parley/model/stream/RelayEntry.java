package dev.parley.model.stream;

import dev.parley.model.event.Timestamps;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An entry of `relay:{p}`: one committed event, with what a gateway must know to route it beside the body,
/// which a gateway hands to clients as it is.
///
/// @param logEpoch the epoch of the room's log; a change resets every follower
/// @param type the event's name on the wire
/// @param senderId who caused the event
/// @param cause the command that made the event, when a gateway's command did
/// @param messageId null unless the event concerns a message
/// @param userIds users whose standing in the room the event changes; usually empty
/// @param body the event as JSON, exactly as the client receives it
public record RelayEntry(
        RoomId roomId,
        long logEpoch,
        long seq,
        String type,
        Instant timestamp,
        UserId senderId,
        @Nullable Cause cause,
        @Nullable MessageId messageId,
        List<UserId> userIds,
        String body) {

    /// The command behind an event: lets the gateway that sent it settle the sender's ack from the event itself.
    public record Cause(Origin origin, long ref) {}

    public RelayEntry {
        userIds = List.copyOf(userIds);
    }

    public Map<String, String> toFields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("room_id", roomId.toString());
        fields.put("log_epoch", Long.toString(logEpoch));
        fields.put("seq", Long.toString(seq));
        fields.put("type", type);
        fields.put("timestamp", Timestamps.format(timestamp));
        fields.put("sender_id", senderId.toString());
        if (cause != null) {
            fields.put("gateway_id", cause.origin().gatewayId());
            fields.put("connection_id", cause.origin().connectionId());
            fields.put("ref", Long.toString(cause.ref()));
        }
        if (messageId != null) {
            fields.put("message_id", messageId.toString());
        }
        if (!userIds.isEmpty()) {
            fields.put(
                    "user_ids",
                    String.join(",", userIds.stream().map(UserId::toString).toList()));
        }
        fields.put("body", body);
        return fields;
    }

    /// @throws IllegalArgumentException if a field is missing or misshapen
    public static RelayEntry of(Map<String, String> fields) {
        var read = new FieldReader(fields);
        return new RelayEntry(
                read.required("room_id", RoomId::fromString),
                read.number("log_epoch"),
                read.number("seq"),
                read.text("type"),
                read.required("timestamp", Timestamps::parse),
                read.required("sender_id", UserId::fromString),
                cause(read),
                read.optional("message_id", MessageId::fromString),
                userIds(read.optional("user_ids")),
                read.text("body"));
    }

    private static @Nullable Cause cause(FieldReader read) {
        return read.optional("gateway_id") == null
                ? null
                : new Cause(new Origin(read.text("gateway_id"), read.text("connection_id")), read.number("ref"));
    }

    private static List<UserId> userIds(@Nullable String joined) {
        return joined == null
                ? List.of()
                : Arrays.stream(joined.split(",", -1)).map(UserId::fromString).toList();
    }
}
