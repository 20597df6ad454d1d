package dev.parley.room.ingest;

import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.Origin;
import java.util.LinkedHashMap;
import java.util.Map;

/// An entry that can never be stored: it is not one of ours, or PostgreSQL refuses it alone for its data. It never
/// becomes one by being delivered often.
/// @param reason short and stable, for people who look at what was set aside
record Poison(StreamRecord record, String reason) {

    /// Most commands that an entry is answered for: a misshapen `count` must not cost more.
    private static final int MAX_COMMANDS = 64;

    /// What is kept of it: its fields, its id, and why.
    Map<String, String> toFields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("rejected_id", record.id());
        fields.put("rejected_reason", reason);
        fields.putAll(record.fields());
        return fields;
    }

    /// Refuses its commands to their sender, as far as it can be made out who that is.
    void refuse(Publication publication) {
        var gateway = record.fields().get("gateway_id");
        var connection = record.fields().get("connection_id");
        if (gateway == null || connection == null) {
            return;
        }
        var origin = new Origin(gateway, connection);
        for (int i = 0; i < MAX_COMMANDS; i++) {
            var ref = record.fields().get("ref." + i);
            if (ref != null && ref.matches("-?[0-9]{1,18}")) {
                publication.reply(origin, Long.parseLong(ref), Publication.internalError());
            }
        }
    }
}
