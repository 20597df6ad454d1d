package dev.parley.e2e;

import dev.parley.client.ClientOptions;
import dev.parley.client.ParleyClient;
import dev.parley.client.connection.ConnectionState;
import dev.parley.client.connection.Position;
import dev.parley.client.event.Event;
import dev.parley.client.event.Following;
import dev.parley.client.event.LogEvent;
import dev.parley.client.outbox.OutboxStore;
import dev.parley.client.session.SessionStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// An application of the SDK that can be restarted: session and unsent messages are in files, what it saw is kept.
final class Chatter implements AutoCloseable {

    final String name;
    private final URI origin;
    private final Path directory;
    private final List<String> seen = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private UUID room;
    private long seq;
    private Long epoch;
    private int life;
    private ParleyClient parley;

    Chatter(String name, URI origin, Path directory) {
        this.name = name;
        this.origin = origin;
        this.directory = directory;
        this.parley = options().register(name, name + "@example.org", "correct horse battery 9");
    }

    private ClientOptions options() {
        return ParleyClient.at(origin)
                .sessionStore(SessionStore.inFile(directory.resolve(name + ".session")))
                .outboxStore(OutboxStore.inFile(directory.resolve(name + ".outbox")));
    }

    ParleyClient parley() {
        return parley;
    }

    void enter(UUID id) {
        room = id;
        begin();
    }

    void restart() {
        parley.close();
        parley = options().resume().orElseThrow();
        begin();
    }

    private void begin() {
        Position from;
        int mine;
        synchronized (this) {
            mine = ++life;
            from = new Position(seq, epoch);
        }
        parley.onEvent(event -> take(mine, event));
        parley.onState(this::note);
        parley.room(room).follow(from);
        parley.connect();
    }

    private synchronized void note(ConnectionState state) {
        story.add(state.toString());
    }

    private synchronized void take(int mine, Event event) {
        if (mine != life) {
            return;
        }
        switch (event) {
            case LogEvent entry -> {
                seq = entry.seq();
                seen.add(entry.seq()
                        + (entry instanceof LogEvent.MessageCreated created
                                ? " " + created.message().content()
                                : ""));
            }
            case Following.CaughtUp caughtUp -> epoch = caughtUp.logEpoch();
            case Following.Gone gone -> story.add(gone.toString());
            case Following.Reload reload -> story.add(reload.toString());
            default -> {}
        }
    }

    void say(String content) {
        sent.add(content);
        parley.room(room).send(content);
    }

    List<String> sent() {
        return sent;
    }

    synchronized List<String> seen() {
        return List.copyOf(seen);
    }

    synchronized List<String> story() {
        return List.copyOf(story);
    }

    synchronized long seq() {
        return seq;
    }

    @Override
    public void close() {
        parley.close();
    }
}
