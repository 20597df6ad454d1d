package dev.parley.model.stream;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An entry of `ingest:{p}`: what one connection sends to one room, in the order it was sent.
/// @param commands 1 to 64
public record IngestEntry(RoomId roomId, UserId senderId, Origin origin, List<SendCommand> commands) {

    public IngestEntry {
        commands = List.copyOf(commands);
        if (commands.isEmpty()) {
            throw new IllegalArgumentException("an entry has at least one command");
        }
    }

    /// The fields in their order. Members of the i-th command end in `.i`.
    public Map<String, String> toFields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("room_id", roomId.toString());
        fields.put("sender_id", senderId.toString());
        fields.put("gateway_id", origin.gatewayId());
        fields.put("connection_id", origin.connectionId());
        fields.put("count", Integer.toString(commands.size()));
        for (int i = 0; i < commands.size(); i++) {
            var command = commands.get(i);
            fields.put("ref." + i, Long.toString(command.ref()));
            if (command.clientMessageId() != null) {
                fields.put("client_message_id." + i, command.clientMessageId());
            }
            fields.put("content." + i, command.content());
            if (command.replyToId() != null) {
                fields.put("reply_to_id." + i, command.replyToId().toString());
            }
        }
        return fields;
    }

    /// @throws IllegalArgumentException if a field is missing or misshapen
    public static IngestEntry of(Map<String, String> fields) {
        var read = new FieldReader(fields);
        var commands = new ArrayList<SendCommand>();
        var count = read.integer("count");
        for (int i = 0; i < count; i++) {
            commands.add(new SendCommand(
                    read.number("ref." + i),
                    read.optional("client_message_id." + i),
                    read.text("content." + i),
                    read.optional("reply_to_id." + i, MessageId::fromString)));
        }
        return new IngestEntry(
                read.required("room_id", RoomId::fromString),
                read.required("sender_id", UserId::fromString),
                new Origin(read.text("gateway_id"), read.text("connection_id")),
                commands);
    }
}
