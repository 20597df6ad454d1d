package dev.parley.gateway.scene;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.HeadsQuery;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.SendOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// `/internal` of the played room service. Counts what it is asked. Thread-safe.
final class PlayedInternal implements AutoCloseable {

    private final PlayedRooms rooms;
    private final Set<Fault> faults;
    private final AtomicInteger rescues = new AtomicInteger();
    private final AtomicInteger logReads = new AtomicInteger();
    private final AtomicInteger headsQueries = new AtomicInteger();
    private final AtomicInteger standingsUnderWay = new AtomicInteger();
    private final AtomicInteger mostStandings = new AtomicInteger();
    private final List<ReadCommand> reads = new CopyOnWriteArrayList<>();
    private volatile CompletableFuture<?> readGate = CompletableFuture.completedFuture(null);
    private final ObjectMapper json = JsonDialect.newMapper();
    private final HttpServer server;

    PlayedInternal(PlayedRooms rooms, Set<Fault> faults) {
        this.rooms = rooms;
        this.faults = faults;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    int rescues() {
        return rescues.get();
    }

    int logReads() {
        return logReads.get();
    }

    int headsQueries() {
        return headsQueries.get();
    }

    int mostStandings() {
        return mostStandings.get();
    }

    List<ReadCommand> reads() {
        return List.copyOf(reads);
    }

    void answerReadsAfter(CompletableFuture<?> open) {
        readGate = open;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var expected = Base64.getEncoder()
                .encodeToString(("gateway:" + PlayedRoomService.SECRET).getBytes(StandardCharsets.UTF_8));
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
                        ? headsOf(json.readValue(exchange.getRequestBody(), HeadsQuery.class))
                        : heads(query.get("since"));
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

    private Heads heads(String since) {
        var heads = rooms.heads(since);
        var noRooms = faults.contains(Fault.ROOMS_ARE_TOO_MANY);
        var noMemberships = faults.contains(Fault.MEMBERSHIPS_ARE_TOO_MANY);
        return new Heads(
                heads.watermark(),
                heads.complete() && !noRooms,
                heads.membershipsComplete() && !noMemberships,
                noRooms ? List.of() : heads.rooms(),
                noMemberships ? List.of() : heads.memberships());
    }

    private Heads headsOf(HeadsQuery query) {
        headsQueries.incrementAndGet();
        return rooms.headsOf(query);
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
        server.stop(0);
    }
}
