package dev.parley.client.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Read cursors that are to be moved: the furthest of a room counts, and is said again until the server has it.
///
/// They do not survive a restart: whoever reads says so again. *Thread*: the loop.
final class Reads {

    private static final int AT_ONCE = 16;

    private final Loop loop;
    private final Backoff backoff;
    private final Map<UUID, Long> wanted = new HashMap<>();
    private final Set<UUID> underWay = new HashSet<>();
    private @Nullable Link link;
    private boolean resting;

    Reads(Loop loop, ClientLimits limits) {
        this.loop = loop;
        this.backoff = limits.backoff();
    }

    void mark(UUID room, long seq) {
        wanted.merge(room, seq, Math::max);
        next();
    }

    void attach(Link next) {
        detach();
        link = next;
        next();
    }

    void detach() {
        link = null;
        resting = false;
        underWay.clear();
    }

    private void next() {
        Link to = link;
        if (to == null || resting) {
            return;
        }
        for (UUID room : List.copyOf(wanted.keySet())) {
            if (underWay.size() >= AT_ONCE) {
                return;
            }
            if (underWay.add(room)) {
                long seq = wanted.get(room);
                to.ask(Map.of("type", "read", "room_id", room, "seq", seq), answer -> answered(room, seq, answer));
            }
        }
    }

    private void answered(UUID room, long seq, Answer answer) {
        underWay.remove(room);
        switch (answer) {
            case Answer.Ack ack -> {
                backoff.reset();
                wanted.remove(room, seq);
            }
            case Answer.Failed failed when !failed.retryable() -> wanted.remove(room);
            case Answer.Failed failed -> rest(failed.retryAfter());
            case Answer.TimedOut timedOut -> rest(Duration.ZERO);
        }
        next();
    }

    private void rest(Duration least) {
        Link during = link;
        resting = true;
        loop.after(backoff.next(least), () -> {
            if (during == link) {
                resting = false;
                next();
            }
        });
    }
}
