package dev.parley.kit.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Map;

/// Commands that append an entry to a stream (`XADD`), with an id that Redis gives.
public final class StreamAppend {

    private static final String REDIS_GIVES_THE_ID = "*";

    private StreamAppend() {}

    /// For a stream that nobody trims.
    public static Request to(String key, Map<String, String> fields) {
        return withFields(Request.cmd(Command.XADD).arg(key), fields);
    }

    /// For a stream of a bounded length.
    /// @param length the newest entries that stay, and some more: Redis takes whole nodes away
    public static Request to(String key, int length, Map<String, String> fields) {
        return withFields(
                Request.cmd(Command.XADD).arg(key).arg("MAXLEN").arg("~").arg(length), fields);
    }

    private static Request withFields(Request request, Map<String, String> fields) {
        request.arg(REDIS_GIVES_THE_ID);
        fields.forEach((name, value) -> request.arg(name).arg(value));
        return request;
    }
}
