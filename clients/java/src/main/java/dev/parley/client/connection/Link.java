package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One socket that said, or is to say, `hello`: frames that want an answer, and whether the other side still lives.
///
/// *Thread*: the loop.
final class Link {

    private static final Duration SLOWEST_BEAT = Duration.ofMinutes(2);
    private static final Duration FASTEST_BEAT = Duration.ofMillis(50);

    private final Loop loop;
    private final Wire wire;
    private final Duration answerPatience;
    private final Consumer<Link> onSilence;
    private final Map<String, Waiting> waiting = new HashMap<>();
    private long lastId;
    private boolean heard;
    private int taken;
    private boolean isReading = true;
    private Duration beat = SLOWEST_BEAT;
    private @Nullable Future<?> heartbeat;
    private boolean ended;

    private record Waiting(Consumer<Answer> then, Future<?> timeout) {}

    /// @param onSilence is told when nothing came for a heartbeat after a `ping`
    Link(Loop loop, Wire wire, Duration answerPatience, Consumer<Link> onSilence) {
        this.loop = loop;
        this.wire = wire;
        this.answerPatience = answerPatience;
        this.onSilence = onSilence;
    }

    boolean is(Wire other) {
        return wire == other;
    }

    /// The access token by which it lives from now on.
    void token(String value) {
        wire.token(value);
    }

    /// Starts to `ping` at the interval that `hello` names.
    void beat(Duration interval) {
        beat = interval.compareTo(SLOWEST_BEAT) > 0
                ? SLOWEST_BEAT
                : interval.compareTo(FASTEST_BEAT) < 0 ? FASTEST_BEAT : interval;
        ping();
    }

    /// A socket that is not read says nothing about the other side.
    private void ping() {
        if (!ended) {
            heard = !isReading;
            wire.send("{\"type\":\"ping\"}");
            heartbeat = loop.after(beat, this::check);
        }
    }

    private void check() {
        if (heard || !isReading) {
            ping();
        } else if (!ended) {
            onSilence.accept(this);
        }
    }

    /// Something came.
    void heard() {
        heard = true;
    }

    /// Sends a frame that nobody answers.
    void tell(Map<String, ?> frame) {
        wire.send(Json.write(frame));
    }

    /// Sends a frame and hands its answer on, once; never when the link ends before.
    void ask(Map<String, ?> frame, Consumer<Answer> then) {
        String id = Long.toString(++lastId);
        Map<String, Object> withId = new LinkedHashMap<>(frame);
        withId.put("id", id);
        Future<?> timeout = loop.after(answerPatience, () -> settle(id, new Answer.TimedOut()));
        waiting.put(id, new Waiting(then, timeout));
        wire.send(Json.write(withId));
    }

    /// Hands an `ack` or `error` to whom it is for.
    void answered(JsonNode frame) {
        String id = frame.path("id").asText("");
        settle(
                id,
                frame.path("type").asText().equals("ack")
                        ? new Answer.Ack(frame)
                        : new Answer.Failed(
                                frame.path("code").asText("unknown"),
                                frame.path("detail").asText(""),
                                frame.path("retryable").asBoolean(false),
                                Duration.ofMillis(
                                        Math.max(0, frame.path("retry_after_ms").asLong(0)))));
    }

    private void settle(String id, Answer answer) {
        Waiting asked = waiting.remove(id);
        if (asked != null && !ended) {
            asked.timeout().cancel(false);
            asked.then().accept(answer);
        }
    }

    /// A message has been dealt with.
    void took() {
        taken++;
    }

    /// Asks for as many messages as have been dealt with.
    void readOn() {
        if (!isReading) {
            isReading = true;
            heard = true;
        }
        wire.next(taken);
        taken = 0;
    }

    /// No message is asked for until [#readOn].
    void pause() {
        isReading = false;
    }

    boolean isPaused() {
        return !isReading;
    }

    /// Forgets what was asked. The socket is closed, or gone already.
    void end() {
        ended = true;
        waiting.values().forEach(asked -> asked.timeout().cancel(false));
        waiting.clear();
        if (heartbeat != null) {
            heartbeat.cancel(false);
        }
    }

    void close() {
        end();
        wire.close();
    }

    void abort(String reason) {
        end();
        wire.abort(reason);
    }
}
