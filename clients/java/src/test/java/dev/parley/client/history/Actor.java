package dev.parley.client.history;

import dev.parley.client.ClientOptions;
import dev.parley.client.ParleyClient;
import dev.parley.client.connection.Position;
import dev.parley.client.connection.Timing;
import dev.parley.client.event.Event;
import dev.parley.client.event.Following;
import dev.parley.client.event.LogEvent;
import dev.parley.client.http.ParleyException;
import dev.parley.client.outbox.OutboxStore;
import dev.parley.client.outbox.Sending;
import dev.parley.client.session.SessionStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// An application that is restarted at times: it keeps its session, its unsent messages, and what it has seen.
final class Actor implements AutoCloseable {

    /// What it knows of a room.
    private static final class Seen {
        final List<LogEvent> events = new ArrayList<>();
        long seq;
        Long epoch;
    }

    final String name;
    private final URI origin;
    private final HttpClient http;
    private final List<UUID> rooms;
    private final SessionStore sessions = SessionStore.inMemory();
    private final Supplier<OutboxStore> outbox;
    private final Map<UUID, Seen> seen = new HashMap<>();
    private final Map<UUID, List<String>> sent = new HashMap<>();
    private final List<Sending> handles = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private ParleyClient client;
    private int incarnation;

    Actor(String name, URI origin, HttpClient http, List<UUID> rooms, Supplier<OutboxStore> outbox) {
        this.name = name;
        this.origin = origin;
        this.http = http;
        this.rooms = rooms;
        this.outbox = outbox;
        rooms.forEach(room -> {
            seen.put(room, new Seen());
            sent.put(room, new ArrayList<>());
        });
    }

    static final Timing FAST = new Timing(
            Duration.ofMillis(1),
            Duration.ofMillis(8),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    private ClientOptions options() {
        return ParleyClient.at(origin)
                .http(http)
                .sessionStore(sessions)
                .outboxStore(outbox.get())
                .timing(FAST);
    }

    /// A login that a fault has cut off is repeated.
    void logIn() {
        ClientOptions options = options();
        while (true) {
            try {
                start(options.login(name, "a password"));
                return;
            } catch (ParleyException.Unreachable again) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    void restart() {
        client.close();
        start(options().resume().orElseThrow());
    }

    private void start(ParleyClient fresh) {
        client = fresh;
        int mine;
        synchronized (this) {
            mine = ++incarnation;
        }
        client.onEvent(event -> take(mine, event));
        synchronized (this) {
            seen.forEach((room, known) -> client.room(room).follow(new Position(known.seq, known.epoch)));
        }
        client.connect();
    }

    /// What an older incarnation is still told is what the new one is told again.
    private synchronized void take(int mine, Event event) {
        if (mine != incarnation) {
            return;
        }
        switch (event) {
            case LogEvent entry -> {
                Seen room = seen.get(entry.roomId());
                if (entry.seq() != room.seq + 1) {
                    complaints.add(name + " saw " + entry.seq() + " after " + room.seq);
                }
                room.seq = entry.seq();
                room.events.add(entry);
            }
            case Following.CaughtUp(UUID id, long lastSeq, long epoch) -> {
                seen.get(id).epoch = epoch;
                if (lastSeq != seen.get(id).seq) {
                    complaints.add(name + " caught up with " + lastSeq + " at " + seen.get(id).seq);
                }
            }
            case Following.Reload reload -> complaints.add(name + " has to reload: " + reload);
            case Following.Gone gone -> complaints.add(name + " lost a room: " + gone);
            default -> {}
        }
    }

    void send(UUID room, String content) {
        sent.get(room).add(content);
        handles.add(client.room(room).send(content));
    }

    void read(UUID room) {
        long seq;
        synchronized (this) {
            seq = seen.get(room).seq;
        }
        client.room(room).markRead(seq);
        client.room(room).typing(true);
    }

    /// What was sent and is not to be refused, in order.
    List<String> expected(UUID room) {
        return sent.get(room).stream()
                .filter(content -> !content.startsWith("refuse"))
                .toList();
    }

    List<Sending> handles() {
        return handles;
    }

    ParleyClient client() {
        return client;
    }

    List<UUID> rooms() {
        return rooms;
    }

    synchronized List<LogEvent> seen(UUID room) {
        return List.copyOf(seen.get(room).events);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        client.close();
    }
}
