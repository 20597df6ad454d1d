package dev.parley.gateway.typing;

import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.signal.SignalWriter;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.Signal;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The `typing` frames of one connection. The others are told when typing begins, again while it is renewed, and when
/// it ends: by the client's word, by 6 s of silence, or with the connection. Too much of it is dropped in silence;
/// an end is told exactly when its beginning was.
///
/// Thread: the socket's event loop.
public final class Typing {

    /// One room in which the user types.
    private static final class Place {

        private long askedNanos;
        private boolean told;
        private @Nullable ScheduledFuture<?> lapse;
    }

    /// Whoever types.
    public record Typist(UserId userId, String username, Origin origin) {}

    private final Typist typist;
    private final Function<RoomId, CompletionStage<Boolean>> participation;
    private final SignalWriter signals;
    private final FrameWriter frames;
    private final TypingConfig config;
    private final EventLoop loop;
    private final Map<RoomId, Place> places = new HashMap<>();
    private long allowanceNanos;
    private long countedAtNanos = System.nanoTime();

    /// @param participation whether the user is a participant; what fails is taken for a no
    public Typing(
            Typist typist,
            Function<RoomId, CompletionStage<Boolean>> participation,
            SignalWriter signals,
            FrameWriter frames,
            TypingConfig config,
            EventLoop loop) {
        this.typist = typist;
        this.participation = participation;
        this.signals = signals;
        this.frames = frames;
        this.config = config;
        this.loop = loop;
        this.allowanceNanos = config.refill().toNanos() * config.burst();
    }

    public void typed(RoomId room, boolean isTyping) {
        var place = places.get(room);
        if (!isTyping) {
            end(room);
        } else if (place != null) {
            renew(room, place);
        } else if (places.size() < config.rooms() && takeAllowance()) {
            var begun = new Place();
            places.put(room, begun);
            renewLapse(room, begun);
            tellIfParticipant(room, begun);
        }
    }

    /// The user is no participant any more.
    public void leave(RoomId room) {
        end(room);
    }

    public void close() {
        places.keySet().stream().toList().forEach(this::end);
    }

    private void renew(RoomId room, Place place) {
        renewLapse(room, place);
        if (System.nanoTime() - place.askedNanos >= config.renewal().toNanos()) {
            tellIfParticipant(room, place);
        }
    }

    private void tellIfParticipant(RoomId room, Place place) {
        place.askedNanos = System.nanoTime();
        participation
                .apply(room)
                .whenComplete((is, failure) -> loop.execute(() -> {
                    if (places.get(room) != place) {
                        return;
                    }
                    if (failure == null && is) {
                        place.told = true;
                        signal(room, true);
                    } else {
                        end(room);
                    }
                }));
    }

    private void renewLapse(RoomId room, Place place) {
        if (place.lapse != null) {
            place.lapse.cancel(false);
        }
        place.lapse = loop.schedule(() -> end(room), config.lapse().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void end(RoomId room) {
        var place = forget(room);
        if (place != null && place.told) {
            signal(room, false);
        }
    }

    private @Nullable Place forget(RoomId room) {
        var place = places.remove(room);
        if (place != null && place.lapse != null) {
            place.lapse.cancel(false);
        }
        return place;
    }

    /// A token bucket, kept as time.
    private boolean takeAllowance() {
        var refill = config.refill().toNanos();
        var now = System.nanoTime();
        allowanceNanos = Math.min(refill * config.burst(), allowanceNanos + now - countedAtNanos);
        countedAtNanos = now;
        if (allowanceNanos < refill) {
            return false;
        }
        allowanceNanos -= refill;
        return true;
    }

    private void signal(RoomId room, boolean isTyping) {
        var frame = new ServerFrame.Typing(room, typist.userId(), typist.username(), isTyping);
        var body = new String(frames.write(frame), StandardCharsets.UTF_8);
        signals.write(new Signal(new Signal.Audience.OfRoom(room, null), frame.type(), typist.origin(), body));
    }
}
