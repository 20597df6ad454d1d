package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.system.LocalSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A client as it should be: it reads one room, comes back with `after_seq` when its socket ends, and sends what was
/// not acked again, in order and with the same `client_message_id`s.
///
/// It resends when every send under way has been answered and one of the answers was an error, when its connection
/// is new, and after 35 s in which nothing was answered (the contract promises an answer within 30 s).
///
/// *Thread*: a loop of its own does connecting and sending; frames arrive on the HTTP client's threads.
final class RoomReader implements AutoCloseable {

    private static final Duration SILENCE = Duration.ofSeconds(35);

    private final LocalSystem system;
    private final Person person;
    private final String room;
    private final Object lock = new Object();
    private final List<JsonNode> events = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final Map<String, String> unacked = new LinkedHashMap<>();
    private final Map<String, JsonNode> acks = new HashMap<>();
    private final Thread loop;
    private int connections;
    private int underWay;
    private boolean retry;
    private boolean connected;
    private boolean closing;
    private long lastSeq;

    private RoomReader(LocalSystem system, Person person, String room) {
        this.system = system;
        this.person = person;
        this.room = room;
        this.loop = Thread.ofPlatform().name("reader-" + person.username()).unstarted(this::run);
    }

    /// Opens the first connection before it returns, so that nothing sent afterwards is missed.
    static RoomReader open(LocalSystem system, Person person, String room) {
        RoomReader reader = new RoomReader(system, person, room);
        reader.loop.start();
        synchronized (reader.lock) {
            reader.awaitLocked(() -> reader.connected, ChatSocket.PATIENCE, "first connection");
        }
        return reader;
    }

    /// Hands messages over for sending: `client_message_id` to content, in order.
    void send(Map<String, String> messages) {
        synchronized (lock) {
            unacked.putAll(messages);
            retry = true;
            lock.notifyAll();
        }
    }

    /// The acks so far, by `client_message_id`.
    Map<String, JsonNode> acks() {
        synchronized (lock) {
            return Map.copyOf(acks);
        }
    }

    /// How each of its sockets has ended so far.
    List<String> ends() {
        synchronized (lock) {
            return story.stream()
                    .filter(line -> line.contains(" closed with ") || line.contains(" broke: "))
                    .toList();
        }
    }

    /// The durable events so far, as they arrived.
    List<JsonNode> events() {
        synchronized (lock) {
            return List.copyOf(events);
        }
    }

    int connections() {
        synchronized (lock) {
            return connections;
        }
    }

    /// Waits until everything handed over is acked.
    void awaitAcked(Duration patience) {
        synchronized (lock) {
            awaitLocked(unacked::isEmpty, patience, "acks");
        }
    }

    /// Waits until an event of that `seq` has arrived.
    void awaitSeq(long seq, Duration patience) {
        synchronized (lock) {
            awaitLocked(() -> lastSeq >= seq, patience, "seq " + seq);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        try {
            loop.join(ChatSocket.PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            String resume;
            synchronized (lock) {
                if (closing) {
                    return;
                }
                resume = connections == 0 ? "" : "&after_seq=" + lastSeq;
            }
            try (ChatSocket socket =
                    ChatSocket.open(system, person.socketPath(room) + resume, this::received, this::ended)) {
                synchronized (lock) {
                    connections++;
                    connected = true;
                    underWay = 0;
                    retry = !unacked.isEmpty();
                    lock.notifyAll();
                }
                serve(socket);
            } catch (CompletionException refusedOrGone) {
                synchronized (lock) {
                    note("could not connect: " + refusedOrGone.getCause());
                    pause(Duration.ofMillis(100));
                }
            }
        }
    }

    /// Sends what is due until the connection ends.
    private void serve(ChatSocket socket) {
        while (true) {
            Map<String, String> due;
            synchronized (lock) {
                long end = System.nanoTime() + SILENCE.toNanos();
                while (!closing && connected && !(retry && underWay == 0)) {
                    boolean silent = underWay > 0 && System.nanoTime() > end;
                    if (silent) {
                        note("silence for " + SILENCE.toSeconds() + " s");
                        underWay = 0;
                        retry = true;
                    } else {
                        pause(Duration.ofMillis(200));
                    }
                }
                if (closing || !connected) {
                    return;
                }
                retry = false;
                due = new LinkedHashMap<>(unacked);
                underWay = due.size();
            }
            due.forEach((id, content) -> sendOne(socket, id, content));
        }
    }

    private void sendOne(ChatSocket socket, String id, String content) {
        try {
            socket.send(Map.of("type", "message.send", "id", id, "client_message_id", id, "content", content))
                    .join();
        } catch (CompletionException gone) {
            ended("send failed: " + gone.getCause());
        }
    }

    private void received(JsonNode frame) {
        synchronized (lock) {
            String type = frame.get("type").textValue();
            if (type.equals("ack")) {
                underWay--;
                unacked.remove(frame.get("client_message_id").textValue());
                acks.putIfAbsent(frame.get("client_message_id").textValue(), frame);
            } else if (type.equals("error")) {
                underWay--;
                note(frame.toString());
                if (!frame.get("retryable").booleanValue()) {
                    throw new AssertionError("An error that is not retryable: " + frame);
                }
                retry = true;
            } else if (type.equals("resumed")) {
                note(frame.toString());
            } else if (frame.path("seq").isIntegralNumber()) {
                events.add(frame);
                lastSeq = frame.get("seq").longValue();
            }
            lock.notifyAll();
        }
    }

    private void ended(String how) {
        synchronized (lock) {
            note(how);
            connected = false;
            lock.notifyAll();
        }
    }

    private void awaitLocked(BooleanSupplier condition, Duration patience, String what) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(person.username() + " waited " + patience.toSeconds() + " s for " + what
                        + " in vain: last seq " + lastSeq + ", unacked " + unacked.keySet() + ", connections "
                        + connections + ", connected " + connected + "; what happened:\n  "
                        + String.join("\n  ", story));
            }
            pause(Duration.ofMillis(200));
        }
    }

    /// Waits for a change, for that long at most; the lock is held.
    private void pause(Duration atMost) {
        try {
            TimeUnit.MILLISECONDS.timedWait(lock, atMost.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    private void note(String line) {
        story.add(Instant.now() + " " + line);
    }
}
