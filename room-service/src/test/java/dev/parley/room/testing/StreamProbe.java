package dev.parley.room.testing;

import dev.parley.embedded.RedisServer;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.AuthEvent;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Plays a gateway on the streams: puts entries in, and waits for what comes out, with a deadline.
public final class StreamProbe implements AutoCloseable {

    /// As in [BackingServers].
    public static final int PARTITIONS = 2;

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final Vertx vertx = Vertx.vertx();
    private final StreamConnection redis;

    public StreamProbe(RedisServer server) {
        redis = new StreamConnection(Redis.createClient(vertx, server.uri()), DEADLINE.plusSeconds(5));
    }

    public @Nullable Response send(Request request) {
        return redis.send(request);
    }

    /// Puts an entry into its room's ingest stream.
    /// @return its id
    public String put(IngestEntry entry) {
        return put(StreamKeys.partitionOf(entry.roomId(), PARTITIONS), entry.toFields());
    }

    public String put(int partition, Map<String, String> fields) {
        var request =
                Request.cmd(Command.XADD).arg(StreamKeys.ingest(partition)).arg("*");
        fields.forEach((name, value) -> request.arg(name).arg(value));
        return String.valueOf(send(request));
    }

    /// Puts an event of the auth service into its stream.
    public void put(AuthEvent event) {
        var request = Request.cmd(Command.XADD).arg(StreamKeys.AUTH_EVENTS).arg(event.n() + "-0");
        event.toFields().forEach((name, value) -> request.arg(name).arg(value));
        send(request);
    }

    /// Puts an entry in and lets a consumer that is dead from then on read it, with nobody coming in between.
    public void putForDeadConsumer(IngestEntry entry) {
        var script = "local id = redis.call('XADD', KEYS[1], '*', unpack(ARGV)) "
                + "redis.call('XREADGROUP', 'GROUP', '" + StreamKeys.INGEST_GROUP
                + "', 'dead', 'STREAMS', KEYS[1], '>') return id";
        var request = Request.cmd(Command.EVAL)
                .arg(script)
                .arg(1)
                .arg(StreamKeys.ingest(StreamKeys.partitionOf(entry.roomId(), PARTITIONS)));
        entry.toFields().forEach((name, value) -> request.arg(name).arg(value));
        send(request);
    }

    /// The first events of a room that are relayed, in their order.
    public List<RelayEntry> relayed(RoomId room, int number) {
        var found = new ArrayList<RelayEntry>();
        var records = new Tail(StreamKeys.relay(StreamKeys.partitionOf(room, PARTITIONS)));
        while (found.size() < number) {
            records.next().stream()
                    .map(record -> RelayEntry.of(record.fields()))
                    .filter(entry -> entry.roomId().equals(room))
                    .forEach(found::add);
        }
        return List.copyOf(found.subList(0, number));
    }

    /// The first signals to those who follow a room, in their order.
    public List<Signal> signalsTo(RoomId room, int number) {
        return signals(
                StreamKeys.partitionOf(room, PARTITIONS),
                number,
                signal -> signal.audience() instanceof Signal.Audience.OfRoom(var id, var _) && id.equals(room));
    }

    /// The first signals to a user, in their order.
    public List<Signal> signalsTo(UserId user, int number) {
        return signals(
                StreamKeys.partitionOf(user, PARTITIONS),
                number,
                signal -> signal.audience() instanceof Signal.Audience.OfUser(var id, var _) && id.equals(user));
    }

    private List<Signal> signals(int partition, int number, Predicate<Signal> wanted) {
        var found = new ArrayList<Signal>();
        var records = new Tail(StreamKeys.signal(partition));
        while (found.size() < number) {
            records.next().stream()
                    .map(record -> Signal.of(record.fields()))
                    .filter(wanted)
                    .forEach(found::add);
        }
        return List.copyOf(found);
    }

    /// The first replies to a gateway, in their order.
    public List<ReplyEntry> replies(String gatewayId, int number) {
        return records(StreamKeys.reply(gatewayId), number).stream()
                .map(record -> ReplyEntry.of(record.fields()))
                .toList();
    }

    /// The first entries of a stream.
    public List<StreamRecord> records(String key, int number) {
        var found = new ArrayList<StreamRecord>();
        var records = new Tail(key);
        while (found.size() < number) {
            found.addAll(records.next());
        }
        return found;
    }

    /// How many entries a stream has.
    public int length(String key) {
        var answer = send(Request.cmd(Command.XLEN).arg(key));
        return answer == null ? 0 : answer.toInteger();
    }

    /// How many entries of a partition are delivered and not acknowledged.
    public int pending(int partition) {
        var answer = send(
                Request.cmd(Command.XPENDING).arg(StreamKeys.ingest(partition)).arg(StreamKeys.INGEST_GROUP));
        return answer == null ? 0 : answer.get(0).toInteger();
    }

    @Override
    public void close() {
        redis.close();
        vertx.close();
    }

    /// Reads a stream from its beginning.
    private final class Tail {

        private final String key;
        private final long deadline = System.nanoTime() + DEADLINE.toNanos();
        private String last = "0-0";

        Tail(String key) {
            this.key = key;
        }

        List<StreamRecord> next() {
            var left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("nothing more came into " + key + " after " + last);
            }
            var records = StreamRecord.ofRead(send(Request.cmd(Command.XREAD)
                    .arg("BLOCK")
                    .arg(left)
                    .arg("STREAMS")
                    .arg(key)
                    .arg(last)));
            if (!records.isEmpty()) {
                last = records.getLast().id();
            }
            return records;
        }
    }
}
