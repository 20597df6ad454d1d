package dev.parley.client.connection;

import dev.parley.client.ParleyClient;
import dev.parley.client.event.Event;
import dev.parley.client.event.LogEvent;
import dev.parley.client.model.Faults;
import dev.parley.client.model.ModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/// A client of a model server without faults, and what it was told.
final class ModelClient implements AutoCloseable {

    static final UUID ROOM = new UUID(1, 0);
    static final Timing FAST = new Timing(
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(300));

    final ModelServer server = new ModelServer(Faults.none());
    final ParleyClient parley;
    private final List<Event> events = new ArrayList<>();
    private final List<ConnectionState> states = new ArrayList<>();

    ModelClient() {
        this(50_000, 900);
    }

    /// @param lifetime of access tokens, in seconds
    ModelClient(long catchUpLimit, long lifetime) {
        server.state.lifetime(lifetime);
        server.state.room(ROOM, 3);
        parley = ParleyClient.at(server.origin())
                .timing(FAST)
                .catchUpLimit(catchUpLimit)
                .login("ada", "a password");
        parley.onEvent(event -> add(events, event));
        parley.onState(state -> add(states, state));
    }

    ModelClient online() {
        parley.connect().join();
        awaitState(ConnectionState.Online.class);
        return this;
    }

    private <T> void add(List<T> list, T item) {
        synchronized (this) {
            list.add(item);
            notifyAll();
        }
    }

    <T extends ConnectionState> T awaitState(Class<T> kind) {
        return await(states, kind, state -> true);
    }

    <T extends Event> T awaitEvent(Class<T> kind, Predicate<T> wanted) {
        return await(events, kind, wanted);
    }

    List<Long> seqs() {
        synchronized (this) {
            return events.stream()
                    .filter(LogEvent.class::isInstance)
                    .map(event -> ((LogEvent) event).seq())
                    .toList();
        }
    }

    void forgetStates() {
        synchronized (this) {
            states.clear();
        }
    }

    private <T> T await(List<? super T> list, Class<T> kind, Predicate<T> wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        synchronized (this) {
            while (true) {
                for (Object item : list) {
                    if (kind.isInstance(item) && wanted.test(kind.cast(item))) {
                        return kind.cast(item);
                    }
                }
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("no " + kind.getSimpleName() + " in " + list);
                }
                try {
                    wait(Math.max(1, left / 1_000_000));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Override
    public void close() {
        parley.close();
        server.close();
    }
}
