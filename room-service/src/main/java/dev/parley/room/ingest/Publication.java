package dev.parley.room.ingest;

import dev.parley.kit.redis.StreamAppend;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.SendOutcome;
import dev.parley.model.stream.StreamKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What Redis is told after a commit: events, replies, set-aside entries, and then which entries are settled.
/// Telling it twice does no harm, so it is repeated until Redis has taken it.
///
/// Thread: one.
final class Publication {

    private static final String REJECTED = "ingest-rejected:{";

    private final IngestConfig config;
    private final List<Request> requests = new ArrayList<>();
    private final List<String> settled = new ArrayList<>();
    private final Set<String> repliedTo = new LinkedHashSet<>();

    Publication(IngestConfig config) {
        this.config = config;
    }

    void event(Request relay) {
        requests.add(relay);
    }

    /// Tells a gateway what became of a command that made no event.
    void reply(Origin origin, long ref, SendOutcome outcome) {
        var key = StreamKeys.reply(origin.gatewayId());
        var entry = new ReplyEntry(origin.connectionId(), ref, outcome);
        requests.add(StreamAppend.to(key, config.replyLength(), entry.toFields()));
        repliedTo.add(key);
    }

    /// Keeps an entry that can never be stored, for people to look at.
    void setAside(int partition, Map<String, String> fields) {
        requests.add(StreamAppend.to(REJECTED + partition + "}", config.rejectedLength(), fields));
    }

    /// An entry that is done with.
    void settle(String id) {
        settled.add(id);
    }

    boolean isEmpty() {
        return settled.isEmpty();
    }

    List<Request> requests() {
        var all = new ArrayList<>(requests);
        repliedTo.forEach(key -> all.add(
                Request.cmd(Command.EXPIRE).arg(key).arg(config.replyExpiry().toSeconds())));
        return all;
    }

    List<String> settled() {
        return settled;
    }

    static SendOutcome internalError() {
        return new SendOutcome.Refused(ProblemCode.INTERNAL, ProblemCode.INTERNAL.title());
    }
}
