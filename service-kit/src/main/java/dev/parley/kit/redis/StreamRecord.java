package dev.parley.kit.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One entry as `XREAD`, `XREADGROUP`, `XRANGE` and `XAUTOCLAIM` give it.
/// @param fields empty for an entry that was deleted while it was pending
public record StreamRecord(String id, Map<String, String> fields) {

    /// The entries of an `XREAD` or `XREADGROUP` over one stream; none when it timed out.
    public static List<StreamRecord> ofRead(@Nullable Response answer) {
        if (answer == null || answer.size() == 0) {
            return List.of();
        }
        // A map by stream in RESP3, which the client speaks with Redis 6 and newer; pairs in RESP2.
        return ofEntries(
                answer.isMap()
                        ? answer.get(answer.getKeys().iterator().next())
                        : answer.get(0).get(1));
    }

    /// A list of entries, as `XRANGE` gives it.
    public static List<StreamRecord> ofEntries(@Nullable Response entries) {
        var records = new ArrayList<StreamRecord>();
        for (int i = 0; entries != null && i < entries.size(); i++) {
            if (entries.get(i) != null) {
                records.add(of(entries.get(i)));
            }
        }
        return records;
    }

    private static StreamRecord of(Response entry) {
        var fields = new LinkedHashMap<String, String>();
        var flat = entry.get(1);
        for (int i = 0; flat != null && i + 1 < flat.size(); i += 2) {
            fields.put(flat.get(i).toString(), flat.get(i + 1).toString());
        }
        return new StreamRecord(entry.get(0).toString(), fields);
    }
}
