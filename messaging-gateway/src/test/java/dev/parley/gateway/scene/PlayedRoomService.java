package dev.parley.gateway.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.json.JsonDialect;
import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.RedisUnavailableException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Standing;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.ReplyEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The room service's side of the streams and of `/internal`, with a log in memory instead of PostgreSQL:
/// what the gateway is tested against, faults included. Thread-safe.
public final class PlayedRoomService implements AutoCloseable {

    public static final String SECRET = "played-room-service";

    /// What goes wrong on purpose.
    public enum Fault {
        /// Entries stay in `ingest` untouched.
        INGEST_STANDS,
        /// Committed events are not relayed.
        RELAY_IS_LOST,
        /// `/internal` answers 503.
        INTERNAL_IS_DOWN
    }

    private final Set<Fault> faults = ConcurrentHashMap.newKeySet();
    private final Map<RoomId, List<RelayEntry>> logs = new HashMap<>();
    private final Map<RoomId, Set<UserId>> participants = new HashMap<>();
    private final Map<String, SendOutcome.Stored> stored = new HashMap<>();
    private final AtomicInteger rescues = new AtomicInteger();
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
    public synchronized RoomId room(UserId... users) {
        var room = RoomId.random();
        logs.put(room, new ArrayList<>());
        participants.put(room, Set.of(users));
        return room;
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

    public synchronized int logSize(RoomId room) {
        return logs.get(room).size();
    }

    /// Adds a message of somebody who is not connected here.
    public void say(RoomId room, UserId sender, String content) {
        var write = write(room, sender, new SendCommand(0, null, content, null), null);
        relay(write.relayed());
    }

    /// Adds an event of another type.
    public void announce(RoomId room, String type, UserId actor, List<UserId> users) {
        relay(List.of(commit(room, type, actor, null, null, users, "{\"type\":\"" + type + "\"}")));
    }

    private record Write(SendOutcome outcome, List<RelayEntry> relayed) {}

    private synchronized Write write(RoomId room, UserId sender, SendCommand command, RelayEntry.Cause cause) {
        if (!participants.getOrDefault(room, Set.of()).contains(sender)) {
            return new Write(new SendOutcome.Refused(ProblemCode.ROOM_NOT_FOUND, "There is no such room"), List.of());
        }
        var key = room + "/" + sender + "/" + command.clientMessageId();
        var first = command.clientMessageId() == null ? null : stored.get(key);
        if (first != null) {
            return new Write(
                    new SendOutcome.Stored(first.messageId(), first.seq(), first.timestamp(), true), List.of());
        }
        var message = MessageId.random();
        var seq = logs.get(room).size() + 1;
        var body = "{\"type\":\"message.created\",\"seq\":%d,\"content\":%s}".formatted(seq, quoted(command.content()));
        var entry = commit(room, "message.created", sender, cause, message, List.of(), body);
        stored.put(key, new SendOutcome.Stored(message, seq, entry.timestamp(), false));
        return new Write(stored.get(key), List.of(entry));
    }

    private synchronized RelayEntry commit(
            RoomId room,
            String type,
            UserId actor,
            RelayEntry.Cause cause,
            MessageId message,
            List<UserId> users,
            String body) {
        var log = logs.get(room);
        var entry = new RelayEntry(
                room,
                1,
                log.size() + 1,
                type,
                Instant.parse("2026-11-22T14:23:05.120Z"),
                actor,
                cause,
                message,
                users,
                body);
        log.add(entry);
        return entry;
    }

    private String quoted(String text) {
        try {
            return json.writeValueAsString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                var write = write(
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
                standing(RoomId.fromString(query.get("room_id")), UserId.fromString(query.get("user_id")));
            case InternalPaths.EVENTS ->
                events(
                        RoomId.fromString(query.get("room_id")),
                        Integer.parseInt(query.get("after_seq")),
                        Integer.parseInt(query.get("limit")));
            case InternalPaths.HEADS -> heads(query.get("since"));
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

    private synchronized Standing standing(RoomId room, UserId user) {
        return participants.getOrDefault(room, Set.of()).contains(user)
                ? new Standing(logs.get(room).size(), 1)
                : null;
    }

    private synchronized EventPage events(RoomId room, int afterSeq, int limit) {
        var log = logs.get(room);
        var from = Math.min(afterSeq, log.size());
        return new EventPage(List.copyOf(log.subList(from, Math.min(log.size(), from + limit))), log.size(), 1);
    }

    private synchronized Heads heads(String since) {
        var heads = new ArrayList<Heads.Head>();
        logs.forEach((room, log) -> heads.add(new Heads.Head(room, log.size(), 1)));
        return new Heads("w", since != null, since == null ? List.of() : heads, List.of());
    }

    private CommandsResult commands(IngestEntry entry) {
        rescues.incrementAndGet();
        var outcomes = new ArrayList<SendOutcome>();
        for (var command : entry.commands()) {
            outcomes.add(write(entry.roomId(), entry.senderId(), command, null).outcome());
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
