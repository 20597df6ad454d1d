package dev.parley.gateway.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.json.JsonDialect;
import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.RedisUnavailableException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.HeadsQuery;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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
        /// What is of the moment is not relayed.
        SIGNALS_ARE_LOST,
        /// Heads are incomplete: the watermark is too old.
        WATERMARK_IS_FORGOTTEN,
        /// `/internal` answers 503.
        INTERNAL_IS_DOWN
    }

    private final Set<Fault> faults = ConcurrentHashMap.newKeySet();
    private final PlayedRooms rooms = new PlayedRooms();
    private final AtomicInteger rescues = new AtomicInteger();
    private final AtomicInteger logReads = new AtomicInteger();
    private final AtomicInteger standingsUnderWay = new AtomicInteger();
    private final AtomicInteger mostStandings = new AtomicInteger();
    private final List<ReadCommand> reads = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<?> readGate = CompletableFuture.completedFuture(null);
    private final ObjectMapper json = JsonDialect.newMapper();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final StreamConnection redis;
    private final Thread consumer;

    public PlayedRoomService(String redisUri) {
        redis = new StreamConnection(
                Redis.createClient(vertx, new RedisOptions().setConnectionString(redisUri)), Duration.ofSeconds(5));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/", this::handle);
        server.start();
        consumer = Thread.ofVirtual().start(this::consume);
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// A room with these participants and an empty log.
    public RoomId room(UserId... users) {
        return rooms.add(users);
    }

    public void begin(Fault fault) {
        faults.add(fault);
    }

    public void end(Fault fault) {
        faults.remove(fault);
    }

    /// Entries that came by `/internal/commands`.
    public int rescues() {
        return rescues.get();
    }

    public int logSize(RoomId room) {
        return rooms.logSize(room);
    }

    /// Pages of logs that were asked for so far.
    public int logReads() {
        return logReads.get();
    }

    /// The most questions for standings that were under way at a time.
    public int mostStandings() {
        return mostStandings.get();
    }

    /// The moves of read cursors that were asked for so far.
    public List<ReadCommand> reads() {
        return List.copyOf(reads);
    }

    /// Moves of read cursors are answered when `open` is complete.
    public void answerReadsAfter(CompletableFuture<?> open) {
        readGate = open;
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
            add(StreamKeys.signal(signal.partition(16)), signal.toFields());
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
            entries.forEach(
                    entry -> add(StreamKeys.relay(StreamKeys.partitionOf(entry.roomId(), 16)), entry.toFields()));
        }
    }

    private void add(String key, Map<String, String> fields) {
        var request = Request.cmd(Command.XADD).arg(key).arg("*");
        fields.forEach((name, value) -> request.arg(name).arg(value));
        synchronized (redis) {
            redis.send(request);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        var expected = Base64.getEncoder().encodeToString(("gateway:" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + expected).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.sendResponseHeaders(401, -1);
        } else if (faults.contains(Fault.INTERNAL_IS_DOWN)) {
            exchange.sendResponseHeaders(503, -1);
        } else {
            answer(exchange);
        }
        exchange.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var query = query(exchange);
        var answer = switch (exchange.getRequestURI().getPath()) {
            case InternalPaths.STANDING ->
                rooms.standing(RoomId.fromString(query.get("room_id")), UserId.fromString(query.get("user_id")));
            case InternalPaths.PARTICIPANTS ->
                rooms.participants(RoomId.fromString(query.get("room_id")), Integer.parseInt(query.get("limit")));
            case InternalPaths.STANDINGS -> standings(json.readValue(exchange.getRequestBody(), StandingsQuery.class));
            case InternalPaths.READ -> read(json.readValue(exchange.getRequestBody(), ReadCommand.class));
            case InternalPaths.EVENTS -> events(query);
            case InternalPaths.HEADS ->
                exchange.getRequestMethod().equals("POST")
                        ? rooms.headsOf(json.readValue(exchange.getRequestBody(), HeadsQuery.class))
                        : rooms.heads(faults.contains(Fault.WATERMARK_IS_FORGOTTEN) ? null : query.get("since"));
            case InternalPaths.COMMANDS -> commands(json.readValue(exchange.getRequestBody(), IngestEntry.class));
            case String other -> null;
        };
        if (answer == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var body = json.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : raw == null ? new String[0] : raw.split("&", -1)) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Standings standings(StandingsQuery query) {
        mostStandings.accumulateAndGet(standingsUnderWay.incrementAndGet(), Math::max);
        try {
            return rooms.standings(query);
        } finally {
            standingsUnderWay.decrementAndGet();
        }
    }

    private ReadCursor read(ReadCommand command) {
        reads.add(command);
        readGate.join();
        return rooms.read(command);
    }

    private EventPage events(Map<String, String> query) {
        logReads.incrementAndGet();
        return rooms.events(
                RoomId.fromString(query.get("room_id")),
                Integer.parseInt(query.get("after_seq")),
                Integer.parseInt(query.get("limit")));
    }

    private CommandsResult commands(IngestEntry entry) {
        rescues.incrementAndGet();
        var outcomes = new ArrayList<SendOutcome>();
        for (var command : entry.commands()) {
            outcomes.add(
                    rooms.write(entry.roomId(), entry.senderId(), command, null).outcome());
        }
        return new CommandsResult(outcomes);
    }

    @Override
    public void close() {
        consumer.interrupt();
        server.stop(0);
        vertx.close();
    }
}
