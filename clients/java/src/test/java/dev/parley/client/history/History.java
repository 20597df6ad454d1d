package dev.parley.client.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.event.LogEvent;
import dev.parley.client.http.Json;
import dev.parley.client.model.Faults;
import dev.parley.client.model.ModelServer;
import dev.parley.client.outbox.OutboxStore;
import dev.parley.client.outbox.SendState;
import dev.parley.client.outbox.Sending;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// One history, made from a seed: two people in two rooms, some twenty steps, some twenty faults.
final class History {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final long seed;
    private final Random random;
    private final Faults faults;
    private final ModelServer server;
    private final List<UUID> rooms = List.of(new UUID(1, 0), new UUID(2, 0));
    private final List<Actor> actors;
    private int number;

    History(long seed, HttpClient http, Path directory) {
        this.seed = seed;
        this.random = new Random(seed);
        this.faults = new Faults(random.nextLong(), random.nextInt(30));
        this.server = new ModelServer(faults);
        rooms.forEach(room -> server.state.room(room, random.nextInt(4)));
        server.heartbeatMillis = 200;
        this.actors = List.of(
                new Actor("ada", server.origin(), http, rooms, store(directory, "ada")),
                new Actor("bob", server.origin(), http, rooms, store(directory, "bob")));
    }

    /// In memory mostly; each twentieth in a file, as `fsync` takes its time.
    private Supplier<OutboxStore> store(Path directory, String name) {
        if (random.nextInt(20) == 0) {
            return () -> OutboxStore.inFile(directory.resolve(seed + "-" + name));
        }
        OutboxStore memory = OutboxStore.inMemory();
        return () -> memory;
    }

    /// Lets it happen.
    ///
    /// @return what is wrong in the end; nothing, if all is well
    List<String> run() throws InterruptedException {
        try {
            actors.forEach(Actor::logIn);
            int steps = 10 + random.nextInt(20);
            for (int i = 0; i < steps; i++) {
                step();
            }
            List<String> wrong = new ArrayList<>();
            for (Actor actor : actors) {
                if (!actor.client().outbox().awaitEmpty(PATIENCE)) {
                    wrong.add(actor.name + " has unsent "
                            + actor.client().outbox().pending() + " in state "
                            + actor.client().state());
                }
            }
            faults.calm();
            rooms.forEach(server.state::surprise);
            actors.forEach(actor -> rooms.forEach(room -> check(actor, room, wrong)));
            actors.forEach(actor -> wrong.addAll(actor.complaints()));
            wrong.addAll(server.state.violations());
            return wrong;
        } finally {
            actors.forEach(Actor::close);
            server.close();
        }
    }

    private void step() {
        Actor actor = actors.get(random.nextInt(actors.size()));
        UUID room = rooms.get(random.nextInt(rooms.size()));
        switch (random.nextInt(20)) {
            case 0, 1 -> actor.restart();
            case 2 -> server.state.cut();
            case 3 -> server.state.drain(random.nextInt(10), random.nextInt(10));
            case 4 -> server.state.surprise(room);
            case 5 -> actor.read(room);
            case 6, 7, 8 -> LockSupport.parkNanos(random.nextInt(5_000_000));
            case 9 -> actor.send(room, "refuse " + number++);
            default -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    actor.send(room, "message " + number++ + " 🙂");
                }
            }
        }
    }

    private void check(Actor actor, UUID room, List<String> wrong) {
        List<String> log = server.state.log(room);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (actor.seen(room).size() < log.size() && System.nanoTime() < end) {
            LockSupport.parkNanos(500_000);
        }
        List<String> seen = actor.seen(room).stream().map(History::line).toList();
        List<String> there = log.stream().map(History::line).toList();
        if (!seen.equals(there)) {
            wrong.add(actor.name + " saw " + seen + " of " + there + " in state "
                    + actor.client().state());
        }
        List<String> stored = log.stream()
                .map(History::tree)
                .filter(event -> event.at("/message/sender/id")
                        .asText()
                        .equals(server.state.user(actor.name).toString()))
                .map(event -> event.at("/message/content").asText())
                .toList();
        if (!stored.equals(actor.expected(room))) {
            wrong.add(actor.name + " sent " + actor.expected(room) + ", stored is " + stored);
        }
        for (Sending sending : actor.handles()) {
            boolean refused = sending.message().content().startsWith("refuse");
            boolean isWrong = refused ? sending.state() == SendState.STORED : sending.state() == SendState.REFUSED;
            if (isWrong) {
                wrong.add(sending + " of " + sending.message().content());
            }
        }
    }

    private static String line(LogEvent event) {
        return event.seq()
                + (event instanceof LogEvent.MessageCreated created
                        ? " " + created.message().content()
                        : "");
    }

    private static String line(String json) {
        JsonNode event = tree(json);
        return event.path("seq").asText()
                + (event.has("message") ? " " + event.at("/message/content").asText() : "");
    }

    private static JsonNode tree(String json) {
        try {
            return Json.parse(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
