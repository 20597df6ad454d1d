package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.event.EventReader;
import dev.parley.client.outbox.Outbox;
import dev.parley.client.outbox.Outgoing;
import dev.parley.client.outbox.Receipt;
import dev.parley.client.outbox.RefusedException;
import dev.parley.client.outbox.SendState;
import dev.parley.client.outbox.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Empties the outbox: one message a room at a time, some rooms at once.
///
/// Only one, because a refusal by rate lets what was sent behind it pass: with two under way the second could overtake.
/// Limits count for all rooms together and over connections, and who does not heed them is closed with 4529: so a
/// refusal by rate holds up everything, reconnected or not, until one message alone has been let pass again.
///
/// *Thread*: the loop.
final class Sends {

    private static final int ROOMS_AT_ONCE = 32;

    private final Loop loop;
    private final Outbox outbox;
    private final ClientLimits limits;
    private final Map<UUID, Sending> underWay = new HashMap<>();
    private final Map<UUID, Backoff> retries = new HashMap<>();
    private final Set<UUID> resting = new HashSet<>();
    private @Nullable Link link;
    private @Nullable Future<?> wake;
    private long notBefore = System.nanoTime();
    private boolean isLimited;
    private @Nullable Sending probe;

    Sends(Loop loop, Outbox outbox, ClientLimits limits) {
        this.loop = loop;
        this.outbox = outbox;
        this.limits = limits;
    }

    void attach(Link next) {
        detach();
        link = next;
        next();
    }

    /// What was under way may be stored or not: it is sent again, with the same id.
    void detach() {
        link = null;
        probe = null;
        cancelWake();
        resting.clear();
        underWay.values().forEach(outbox::unsent);
        underWay.clear();
    }

    /// Sends what may be sent now.
    void next() {
        underWay.values().removeIf(Sends::isSettled);
        Link to = link;
        if (to == null || isPaused()) {
            return;
        }
        int atOnce = isLimited ? 1 : ROOMS_AT_ONCE;
        for (Sending head : outbox.heads()) {
            UUID room = head.message().roomId();
            if (underWay.size() >= atOnce) {
                return;
            }
            if (!underWay.containsKey(room) && !resting.contains(room)) {
                underWay.put(room, head);
                probe = isLimited ? head : null;
                outbox.sent(head);
                to.ask(frame(head.message()), answer -> answered(head, answer));
            }
        }
    }

    /// Whether a refusal by rate is to be waited out still; it goes on by itself then.
    private boolean isPaused() {
        cancelWake();
        long left = notBefore - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        wake = loop.after(Duration.ofNanos(left), this::next);
        return true;
    }

    private void cancelWake() {
        if (wake != null) {
            wake.cancel(false);
            wake = null;
        }
    }

    private static boolean isSettled(Sending sending) {
        return sending.state() == SendState.STORED || sending.state() == SendState.REFUSED;
    }

    private static Map<String, Object> frame(Outgoing message) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "message.send");
        frame.put("room_id", message.roomId());
        frame.put("client_message_id", message.clientMessageId());
        frame.put("content", message.content());
        if (message.replyToId() != null) {
            frame.put("reply_to_id", message.replyToId());
        }
        return frame;
    }

    /// An event may have settled it before, and the next of the room be under way.
    private void answered(Sending sending, Answer answer) {
        UUID room = sending.message().roomId();
        underWay.remove(room, sending);
        switch (answer) {
            case Answer.Ack(JsonNode ack) -> {
                retries.remove(room);
                letPass(sending);
                outbox.stored(sending, receipt(ack));
            }
            case Answer.Failed failed
            when !failed.retryable() -> {
                retries.remove(room);
                letPass(sending);
                outbox.refused(sending, new RefusedException(failed.code(), failed.detail()));
            }
            case Answer.Failed failed -> {
                outbox.unsent(sending);
                if (failed.code().equals("rate_limited")) {
                    limited(room, failed.retryAfter());
                } else {
                    letPass(sending);
                    rest(room, failed.retryAfter());
                }
            }
            case Answer.TimedOut timedOut -> {
                outbox.unsent(sending);
                rest(room, Duration.ZERO);
            }
        }
        next();
    }

    private void rest(UUID room, Duration least) {
        Link during = link;
        resting.add(room);
        loop.after(backoff(room).next(least), () -> {
            if (during == link && resting.remove(room)) {
                next();
            }
        });
    }

    private void limited(UUID room, Duration least) {
        long until = System.nanoTime() + backoff(room).next(least).toNanos();
        notBefore = until - notBefore > 0 ? until : notBefore;
        isLimited = true;
        probe = null;
    }

    /// Only what was sent after the pause shows that it was long enough.
    private void letPass(Sending sending) {
        if (sending == probe) {
            isLimited = false;
            probe = null;
        }
    }

    private Backoff backoff(UUID room) {
        return retries.computeIfAbsent(room, first -> limits.backoff());
    }

    private static Receipt receipt(JsonNode ack) {
        return new Receipt(
                EventReader.uuid(ack.path("message_id")).orElse(new UUID(0, 0)),
                ack.path("seq").asLong(),
                timestamp(ack));
    }

    private static Instant timestamp(JsonNode ack) {
        try {
            return Instant.parse(ack.path("timestamp").asText());
        } catch (DateTimeParseException unexpected) {
            return Instant.EPOCH;
        }
    }
}
