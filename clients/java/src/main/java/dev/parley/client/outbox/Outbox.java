package dev.parley.client.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The messages of one sender that are not stored yet, in order per room.
///
/// Only the first of a room is ever under way, and the next follows when that one is stored or refused. So a room gets
/// them in the order in which they were added, whatever the server answers and however often the connection is lost.
///
/// *Thread*: any. Listeners are called by whoever changes a state, with no lock held.
public final class Outbox {

    private static final Logger LOG = System.getLogger(Outbox.class.getName());
    private static final int MAX_CHARACTERS = 8_000;

    private final OutboxStore store;
    private final UUID sender;
    private final int capacity;
    private final InstantSource clock;
    private final Consumer<Sending> onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final Map<Outgoing.Key, Sending> open = new LinkedHashMap<>();
    private final Map<UUID, Deque<Sending>> lanes = new HashMap<>();

    /// @param sender whose messages are taken from the store; those of others stay in it
    /// @param capacity how many may wait; what the store has already is taken in any case
    /// @param onChange is told of each message that was added or has another state
    public Outbox(OutboxStore store, UUID sender, int capacity, InstantSource clock, Consumer<Sending> onChange) {
        this.store = store;
        this.sender = sender;
        this.capacity = capacity;
        this.clock = clock;
        this.onChange = onChange;
        store.load().stream().filter(message -> message.sender().equals(sender)).forEach(this::enqueue);
    }

    /// Takes a message for sending. It survives a restart when this returns, as far as the store does.
    ///
    /// A `clientMessageId` that waits already is answered with the message that has it. Content that no
    /// server takes (empty, over 8,000 characters, with U+0000 or half a surrogate pair) is refused at once, with
    /// `validation_failed`.
    ///
    /// @throws OutboxFullException if as many wait as may
    /// @throws java.io.UncheckedIOException if it cannot be kept
    public Sending add(UUID room, String clientMessageId, String content, @Nullable UUID replyTo) {
        Outgoing message = new Outgoing(
                sender, room, clientMessageId, content, replyTo, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        Sending sending;
        lock.lock();
        try {
            Sending waiting = open.get(message.key());
            if (waiting != null) {
                return waiting;
            }
            if (!isSendable(content)) {
                sending = new Sending(message);
                sending.become(SendState.REFUSED);
            } else if (open.size() >= capacity) {
                throw new OutboxFullException(capacity);
            } else {
                store.add(message);
                sending = enqueue(message);
            }
        } finally {
            lock.unlock();
        }
        if (sending.state() == SendState.REFUSED) {
            sending.settle(new RefusedException("validation_failed", "content must be 1 to 8000 characters of text"));
        }
        onChange.accept(sending);
        return sending;
    }

    /// Those that are neither stored nor refused, in the order in which they were added.
    public List<Sending> pending() {
        lock.lock();
        try {
            return List.copyOf(open.values());
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing is pending.
    ///
    /// @return whether that is so; false when the time was over first
    public boolean awaitEmpty(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!open.isEmpty() && left > 0) {
                left = emptied.awaitNanos(left);
            }
            return open.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// The first message of each room that has one.
    public Collection<Sending> heads() {
        lock.lock();
        try {
            List<Sending> heads = new ArrayList<>(lanes.size());
            lanes.values().forEach(lane -> heads.add(lane.getFirst()));
            return heads;
        } finally {
            lock.unlock();
        }
    }

    /// The message with that id, if it is pending.
    public Optional<Sending> find(UUID room, String clientMessageId) {
        lock.lock();
        try {
            return Optional.ofNullable(open.get(new Outgoing.Key(sender, room, clientMessageId)));
        } finally {
            lock.unlock();
        }
    }

    /// It is on its way.
    public void sent(Sending sending) {
        change(sending, SendState.SENT, () -> {});
    }

    /// It has to be sent again.
    public void unsent(Sending sending) {
        change(sending, SendState.QUEUED, () -> {});
    }

    /// It is committed; the one behind it may go.
    public void stored(Sending sending, Receipt receipt) {
        change(sending, SendState.STORED, () -> sending.settle(receipt));
    }

    /// It will never be; the one behind it may go.
    public void refused(Sending sending, RefusedException refusal) {
        change(sending, SendState.REFUSED, () -> sending.settle(refusal));
    }

    private void change(Sending sending, SendState next, Runnable settle) {
        lock.lock();
        try {
            if (!sending.isOpen() || sending.state() == next) {
                return;
            }
            sending.become(next);
            if (!sending.isOpen()) {
                dequeue(sending);
                forget(sending.message());
            }
        } finally {
            lock.unlock();
        }
        settle.run();
        onChange.accept(sending);
    }

    /// What cannot be forgotten is sent again after the next start, which makes no second message.
    private void forget(Outgoing message) {
        try {
            store.remove(message);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "outbox store cannot forget a message room=" + message.roomId(), e);
        }
    }

    private Sending enqueue(Outgoing message) {
        Sending sending = new Sending(message);
        open.put(message.key(), sending);
        lanes.computeIfAbsent(message.roomId(), room -> new ArrayDeque<>()).addLast(sending);
        return sending;
    }

    private void dequeue(Sending sending) {
        open.remove(sending.message().key());
        UUID room = sending.message().roomId();
        Deque<Sending> lane = lanes.get(room);
        if (lane != null) {
            lane.remove(sending);
            if (lane.isEmpty()) {
                lanes.remove(room);
            }
        }
        if (open.isEmpty()) {
            emptied.signalAll();
        }
    }

    private static boolean isSendable(String content) {
        int length = content.codePointCount(0, content.length());
        return length >= 1
                && length <= MAX_CHARACTERS
                && content.codePoints().noneMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
    }
}
