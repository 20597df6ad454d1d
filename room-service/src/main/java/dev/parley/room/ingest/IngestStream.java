package dev.parley.room.ingest;

import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.StreamKeys;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One partition's stream, seen by one consumer of the group.
///
/// Thread: the partition's loop only. Every method may throw `RedisUnavailableException` or [RedisErrorException].
final class IngestStream {

    /// Most commands in one write: the client's queue of unanswered commands has 2,048 places.
    private static final int MAX_PIPELINE = 1_000;

    private final StreamConnection redis;
    private final String key;
    private final String consumer;

    IngestStream(StreamConnection redis, int partition, String consumer) {
        this.redis = redis;
        this.key = StreamKeys.ingest(partition);
        this.consumer = consumer;
    }

    /// Makes the group from the stream's beginning, and the stream, unless they exist.
    void ensureGroup() {
        try {
            redis.send(Request.cmd(Command.XGROUP)
                    .arg("CREATE")
                    .arg(key)
                    .arg(StreamKeys.INGEST_GROUP)
                    .arg("0")
                    .arg("MKSTREAM"));
        } catch (RedisErrorException e) {
            if (!e.is("BUSYGROUP")) {
                throw e;
            }
        }
    }

    /// New entries, in their order; waits up to `block` for the first.
    List<StreamRecord> read(int count, Duration block) {
        return StreamRecord.ofRead(redis.send(Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(StreamKeys.INGEST_GROUP)
                .arg(consumer)
                .arg("COUNT")
                .arg(count)
                .arg("BLOCK")
                .arg(Math.max(1, block.toMillis())) // 0 would wait for ever
                .arg("STREAMS")
                .arg(key)
                .arg(">")));
    }

    /// Takes over entries that their consumers have held for `minIdle`, the oldest first.
    List<StreamRecord> claim(int count, Duration minIdle) {
        var answer = redis.send(Request.cmd(Command.XAUTOCLAIM)
                .arg(key)
                .arg(StreamKeys.INGEST_GROUP)
                .arg(consumer)
                .arg(minIdle.toMillis())
                .arg("0-0")
                .arg("COUNT")
                .arg(count));
        return StreamRecord.ofEntries(answer == null ? null : answer.get(1));
    }

    /// What Redis has down as this consumer's, the oldest first. The look makes it young again: others claim it
    /// only when nobody looks for as long as they wait. (To read one's own history sets the delivery time, in the
    /// step that tells what others have claimed meanwhile; `XCLAIM` would take that back from them.)
    List<StreamRecord> renew(int count) {
        return StreamRecord.ofRead(redis.send(Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(StreamKeys.INGEST_GROUP)
                .arg(consumer)
                .arg("COUNT")
                .arg(count)
                .arg("STREAMS")
                .arg(key)
                .arg("0")));
    }

    /// Sends commands in order, pipelined, and then that entries are settled: acknowledges them and takes them from the
    /// stream.
    /// @param settled ids; not empty
    /// @throws RedisErrorException if Redis refused any; the others were carried out
    void publish(List<Request> requests, List<String> settled) {
        var acknowledge = Request.cmd(Command.XACK).arg(key).arg(StreamKeys.INGEST_GROUP);
        var delete = Request.cmd(Command.XDEL).arg(key);
        settled.forEach(id -> {
            acknowledge.arg(id);
            delete.arg(id);
        });
        var all = new ArrayList<>(requests);
        all.add(acknowledge);
        all.add(delete);
        @Nullable RedisErrorException refusal = null;
        for (int from = 0; from < all.size(); from += MAX_PIPELINE) {
            try {
                redis.batch(all.subList(from, Math.min(from + MAX_PIPELINE, all.size())));
            } catch (RedisErrorException e) {
                refusal = e;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /// Removes consumers that are silent and hold nothing; whoever holds something keeps its name until it is claimed.
    /// @param silent how long
    void removeConsumers(Duration silent) {
        var consumers =
                redis.send(Request.cmd(Command.XINFO).arg("CONSUMERS").arg(key).arg(StreamKeys.INGEST_GROUP));
        for (int i = 0; consumers != null && i < consumers.size(); i++) {
            var each = consumers.get(i);
            var name = each.get("name").toString();
            if (!name.equals(consumer)
                    && number(each.get("pending")) == 0
                    && number(each.get("idle")) > silent.toMillis()) {
                remove(name);
            }
        }
    }

    /// Leaves the group, unless something is still pending with this consumer: that is for others to claim.
    void leave() {
        var pending = redis.send(Request.cmd(Command.XPENDING)
                .arg(key)
                .arg(StreamKeys.INGEST_GROUP)
                .arg("-")
                .arg("+")
                .arg(1)
                .arg(consumer));
        if (pending == null || pending.size() == 0) {
            remove(consumer);
        }
    }

    void close() {
        redis.close();
    }

    private void remove(String name) {
        redis.send(Request.cmd(Command.XGROUP)
                .arg("DELCONSUMER")
                .arg(key)
                .arg(StreamKeys.INGEST_GROUP)
                .arg(name));
    }

    private static long number(@Nullable Response value) {
        return value == null ? Long.MAX_VALUE : value.toLong();
    }
}
