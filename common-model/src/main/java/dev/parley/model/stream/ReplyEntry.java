package dev.parley.model.stream;

import dev.parley.model.event.Timestamps;
import dev.parley.model.id.MessageId;
import dev.parley.model.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;

/// An entry of `reply:{g}`: the outcome of one command that made no event.
/// @param connectionId the connection of gateway `g` that sent the command
/// @param ref the command's own
public record ReplyEntry(String connectionId, long ref, SendOutcome outcome) {

    public Map<String, String> toFields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("connection_id", connectionId);
        fields.put("ref", Long.toString(ref));
        switch (outcome) {
            case SendOutcome.Stored(var messageId, var seq, var timestamp, var duplicate) -> {
                fields.put("outcome", "stored");
                fields.put("message_id", messageId.toString());
                fields.put("seq", Long.toString(seq));
                fields.put("timestamp", Timestamps.format(timestamp));
                fields.put("duplicate", Boolean.toString(duplicate));
            }
            case SendOutcome.Refused(var code, var detail) -> {
                fields.put("outcome", "refused");
                fields.put("code", code.toString());
                fields.put("detail", detail);
            }
        }
        return fields;
    }

    /// @throws IllegalArgumentException if a field is missing or misshapen
    public static ReplyEntry of(Map<String, String> fields) {
        var read = new FieldReader(fields);
        return new ReplyEntry(read.text("connection_id"), read.number("ref"), outcome(read));
    }

    private static SendOutcome outcome(FieldReader read) {
        return switch (read.text("outcome")) {
            case "stored" ->
                new SendOutcome.Stored(
                        read.required("message_id", MessageId::fromString),
                        read.number("seq"),
                        read.required("timestamp", Timestamps::parse),
                        read.required("duplicate", Boolean::valueOf));
            case "refused" ->
                new SendOutcome.Refused(read.required("code", ProblemCode::fromString), read.text("detail"));
            case String other -> throw new IllegalArgumentException("field outcome is misshapen: " + other);
        };
    }
}
