package dev.parley.gateway.scene;

import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.RedisUnavailableException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The room service's side of the streams and of `/internal`, with its rooms in memory ([PlayedRooms]):
/// what the gateway is tested against, faults included. Thread-safe.
public final class PlayedRoomService implements AutoCloseable {

    public static final String SECRET = "played-room-service";

    /// What goes wrong on purpose.
    public enum Fault {
        /// Entries stay in `ingest` untouched.
        INGEST_STANDS,
        /// Committed events are not relayed.
        RELAY_IS_LOST,
        /// Committed events are relayed late, each after the one that follows it.
        RELAY_IS_SWAPPED,
        /// What is of the moment is not relayed.
        SIGNALS_ARE_LOST,
        /// Heads have no rooms: too many changed.
        ROOMS_ARE_TOO_MANY,
        /// Heads have no memberships: too many changed.
        MEMBERSHIPS_ARE_TOO_MANY,
        /// `/internal` answers 503.
        INTERNAL_IS_DOWN
    }

    private final Set<Fault> faults = ConcurrentHashMap.newKeySet();
    private final PlayedRooms rooms = new PlayedRooms();
    private final Map<RoomId, RelayEntry> late = new HashMap<>();
    private final PlayedInternal internal = new PlayedInternal(rooms, faults);
    private final Vertx vertx = Vertx.vertx();
    private final StreamConnection redis;
    private final Thread consumer;
    private volatile int partitions = 16;

    public PlayedRoomService(String redisUri) {
        redis = new StreamConnection(
                Redis.createClient(vertx, new RedisOptions().setConnectionString(redisUri)), Duration.ofSeconds(5));
        consumer = Thread.ofVirtual().start(this::consume);
    }

    public String url() {
        return internal.url();
    }

    /// A room with these participants and an empty log.
    public RoomId room(UserId... users) {
        return rooms.add(users);
    }

    /// Over how many partitions it relays from now on. It goes on reading those of gateways that write to 16.
    public void writeTo(int partitionsFromNowOn) {
        partitions = partitionsFromNowOn;
    }

    public void begin(Fault fault) {
        faults.add(fault);
    }

    public void end(Fault fault) {
        faults.remove(fault);
    }

    /// Entries that came by `/internal/commands`.
    public int rescues() {
        return internal.rescues();
    }

    public int logSize(RoomId room) {
        return rooms.logSize(room);
    }

    /// Pages of logs that were asked for so far.
    public int logReads() {
        return internal.logReads();
    }

    /// The most questions for standings that were under way at a time.
    public int mostStandings() {
        return internal.mostStandings();
    }

    /// Questions for the heads of certain rooms so far.
    public int headsQueries() {
        return internal.headsQueries();
    }

    /// The moves of read cursors that were asked for so far.
    public List<ReadCommand> reads() {
        return internal.reads();
    }

    /// Moves of read cursors are answered when `open` is complete.
    public void answerReadsAfter(CompletableFuture<?> open) {
        internal.answerReadsAfter(open);
    }

    /// Adds a message of somebody who is not connected here.
    public void say(RoomId room, UserId sender, String content) {
        var write = rooms.write(room, sender, new SendCommand(0, null, content, null), null);
        relay(write.relayed());
    }

    /// Adds an event of another type.
    public void announce(RoomId room, String type, UserId actor, List<UserId> users) {
        relay(List.of(rooms.announce(room, type, actor, users)));
    }

    /// Makes `user` a participant.
    public void join(RoomId room, UserId user) {
        relay(List.of(rooms.join(room, user)));
        signal(
                new Signal.Audience.OfUser(user, room),
                "room.added",
                "{\"type\":\"room.added\",\"room\":{\"id\":\"" + room + "\"}}");
    }

    /// Takes `user` out of the room.
    public void remove(RoomId room, UserId user) {
        relay(List.of(rooms.remove(room, user)));
        signal(
                new Signal.Audience.OfUser(user, room),
                "room.removed",
                "{\"type\":\"room.removed\",\"room_id\":\"" + room + "\"}");
    }

    public void delete(RoomId room, UserId actor) {
        relay(List.of(rooms.delete(room, actor)));
    }

    /// Sends a signal to all gateways.
    public void signal(Signal.Audience audience, String type, String body) {
        if (!faults.contains(Fault.SIGNALS_ARE_LOST)) {
            var signal = new Signal(audience, type, null, body);
            add(StreamKeys.signal(signal.partition(partitions)), signal.toFields());
        }
    }

    /// Relays an event of the log again.
    public void relayAgain(RoomId room, long seq) {
        relay(rooms.events(room, (int) seq - 1, 1).events());
    }

    private void consume() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                for (int partition = 0; partition < 16 && !faults.contains(Fault.INGEST_STANDS); partition++) {
                    take(StreamKeys.ingest(partition));
                }
            } catch (RedisUnavailableException | RedisErrorException e) {
                // tried again: tests stop and flush this Redis
            }
            LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
        }
    }

    private void take(String key) {
        List<StreamRecord> records;
        synchronized (redis) {
            records = StreamRecord.ofEntries(
                    redis.send(Request.cmd(Command.XRANGE).arg(key).arg("-").arg("+")));
        }
        for (var record : records) {
            var entry = IngestEntry.of(record.fields());
            for (var command : entry.commands()) {
                var write = rooms.write(
                        entry.roomId(), entry.senderId(), command, new RelayEntry.Cause(entry.origin(), command.ref()));
                relay(write.relayed());
                if (write.relayed().isEmpty()) {
                    var reply = new ReplyEntry(entry.origin().connectionId(), command.ref(), write.outcome());
                    add(StreamKeys.reply(entry.origin().gatewayId()), reply.toFields());
                }
            }
            synchronized (redis) {
                redis.send(Request.cmd(Command.XDEL).arg(key).arg(record.id()));
            }
        }
    }

    private void relay(List<RelayEntry> entries) {
        if (!faults.contains(Fault.RELAY_IS_LOST)) {
            inRelayOrder(entries)
                    .forEach(entry -> add(
                            StreamKeys.relay(StreamKeys.partitionOf(entry.roomId(), partitions)), entry.toFields()));
        }
    }

    private synchronized List<RelayEntry> inRelayOrder(List<RelayEntry> entries) {
        var now = new ArrayList<RelayEntry>();
        for (var entry : entries) {
            var before = late.remove(entry.roomId());
            if (faults.contains(Fault.RELAY_IS_SWAPPED) && before == null) {
                late.put(entry.roomId(), entry);
            } else {
                now.add(entry);
                Optional.ofNullable(before).ifPresent(now::add);
            }
        }
        return now;
    }

    private void add(String key, Map<String, String> fields) {
        var request = Request.cmd(Command.XADD).arg(key).arg("*");
        fields.forEach((name, value) -> request.arg(name).arg(value));
        synchronized (redis) {
            redis.send(request);
        }
    }

    @Override
    public void close() {
        consumer.interrupt();
        internal.close();
        vertx.close();
    }
}
