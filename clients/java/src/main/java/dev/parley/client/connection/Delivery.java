package dev.parley.client.connection;

import dev.parley.client.event.Event;
import dev.parley.client.event.RoomEvent;
import dev.parley.client.outbox.Sending;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Calls the listeners: one virtual thread, one call at a time. Events come in their order. What is told of states
/// and of messages comes in its own, ahead of events that wait: `Offline` may be heard before the last events.
///
/// What waits is bounded by whoever offers: it looks at [#isFull] before it reads more. States of the connection and
/// of messages are told by the same thread; should they outnumber their bound because a listener is stuck, the oldest
/// of them is dropped, since what they say can be asked for at any time. A listener that throws is logged, and called
/// for the next event all the same.
public final class Delivery implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Delivery.class.getName());
    private static final int MAX_EVENTS = 1_024;
    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_NEWS = 4_096;

    /// @param size in characters of JSON
    private record Item(Event event, int size) {}

    private final List<Consumer<Event>> eventListeners = new CopyOnWriteArrayList<>();
    private final Map<UUID, List<Consumer<RoomEvent>>> roomListeners = new ConcurrentHashMap<>();
    private final List<Consumer<ConnectionState>> stateListeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Sending>> sendListeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Item> events = new ArrayDeque<>();
    private final Deque<Runnable> news = new ArrayDeque<>();
    private final Thread thread = Thread.ofVirtual().name("parley-listeners").unstarted(this::run);
    private long characters;
    private long callBegan;
    private boolean inCall;
    private boolean wasFull;
    private boolean closed;
    private Runnable onRoom = () -> {};

    /// @param onRoom is called, by any thread, when it was full and half of it has room again
    void start(Runnable onRoom) {
        this.onRoom = onRoom;
        thread.start();
    }

    public Registration onEvent(Consumer<Event> listener) {
        eventListeners.add(listener);
        return () -> eventListeners.remove(listener);
    }

    /// Like [#onEvent], for the events of one room; those hear it after.
    public Registration onRoomEvent(UUID room, Consumer<RoomEvent> listener) {
        roomListeners.compute(room, (id, known) -> {
            List<Consumer<RoomEvent>> listeners = known == null ? new CopyOnWriteArrayList<>() : known;
            listeners.add(listener);
            return listeners;
        });
        return () -> roomListeners.computeIfPresent(room, (id, listeners) -> {
            listeners.remove(listener);
            return listeners.isEmpty() ? null : listeners;
        });
    }

    public Registration onState(Consumer<ConnectionState> listener) {
        stateListeners.add(listener);
        return () -> stateListeners.remove(listener);
    }

    public Registration onSending(Consumer<Sending> listener) {
        sendListeners.add(listener);
        return () -> sendListeners.remove(listener);
    }

    /// Takes an event, full or not.
    void event(Event event, int size) {
        lock.lock();
        try {
            if (!closed) {
                events.addLast(new Item(event, size));
                characters += size;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    void state(ConnectionState state) {
        tell(() -> call(stateListeners, state));
    }

    public void sending(Sending sending) {
        if (!sendListeners.isEmpty()) {
            tell(() -> call(sendListeners, sending));
        }
    }

    private void tell(Runnable item) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (news.size() >= MAX_NEWS) {
                news.removeFirst();
            }
            news.addLast(item);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isFull() {
        lock.lock();
        try {
            boolean full = events.size() >= MAX_EVENTS || characters >= MAX_CHARACTERS;
            wasFull |= full;
            return full;
        } finally {
            lock.unlock();
        }
    }

    /// Whether one call of a listener has lasted that long.
    boolean isStuckFor(Duration patience) {
        lock.lock();
        try {
            return inCall && System.nanoTime() - callBegan >= patience.toNanos();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            Runnable next = await();
            if (next == null) {
                return;
            }
            next.run();
            called();
        }
    }

    private @Nullable Runnable await() {
        lock.lock();
        try {
            while (events.isEmpty() && news.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            inCall = true;
            callBegan = System.nanoTime();
            Runnable item = news.pollFirst();
            if (item != null) {
                return item;
            }
            Item head = events.removeFirst();
            characters -= head.size();
            return () -> tellOf(head.event());
        } finally {
            lock.unlock();
        }
    }

    private void tellOf(Event event) {
        call(eventListeners, event);
        if (event instanceof RoomEvent ofRoom) {
            call(roomListeners.getOrDefault(ofRoom.roomId(), List.of()), ofRoom);
        }
    }

    private void called() {
        boolean hasRoom;
        lock.lock();
        try {
            inCall = false;
            hasRoom = wasFull && events.size() <= MAX_EVENTS / 2 && characters <= MAX_CHARACTERS / 2;
            if (hasRoom) {
                wasFull = false;
            }
        } finally {
            lock.unlock();
        }
        if (hasRoom) {
            onRoom.run();
        }
    }

    private static <T> void call(List<Consumer<T>> listeners, T what) {
        for (Consumer<T> listener : listeners) {
            try {
                listener.accept(what);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener failed listener=" + listener, e);
            }
        }
    }

    /// No listener is called after the one that is.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            events.clear();
            news.clear();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }
}
