package dev.parley.room.read;

import dev.parley.model.stream.Origin;
import dev.parley.model.stream.Signal;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.read.ReadCursors.ParticipantKey;
import dev.parley.room.read.ReadCursors.Position;
import dev.parley.room.signal.Frame;
import dev.parley.room.signal.Signals;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Tells that cursors moved: the reader's other connections each time, the rest of a small room at most once a second
/// for each reader. What comes within the second is told at its end, as it is in the database by then, so the newest
/// wins whichever replica it came to.
///
/// Thread-safe. What is to be told later is kept in [#waiting], which its own thread empties.
@ApplicationScoped
class ReadSignals {

    /// Rooms with more participants are not told; who wants to know asks.
    static final int MAX_PARTICIPANTS = 100;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /// How often it is looked for what is due.
    private static final Duration TICK = Duration.ofMillis(100);

    /// Readers waiting to be told of. Above it some are not: the next read tells more.
    private static final int MAX_WAITING = 20_000;

    private static final Logger LOG = Logger.getLogger(ReadSignals.class);

    private final Signals signals;
    private final ReadCursors cursors;

    /// When each is due, by `System.nanoTime`.
    private final Map<ParticipantKey, Long> waiting = new ConcurrentHashMap<>();

    private final CountDownLatch stop = new CountDownLatch(1);

    ReadSignals(Signals signals, ReadCursors cursors) {
        this.signals = signals;
        this.cursors = cursors;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("read-signals").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    /// @param origin the connection that read; null over REST
    void moved(Position position, int unread, @Nullable Origin origin) {
        var own = new Frame.ReadUpdated(position.room(), position.user(), position.lastReadSeq(), unread);
        var audience = new Signal.Audience.OfUser(position.user(), position.room());
        signals.publish(List.of(signals.signal(audience, origin, own)));
        tellRoom(position);
    }

    private void tellRoom(Position position) {
        if (position.participants() > MAX_PARTICIPANTS) {
            return;
        }
        var frame = new Frame.ReadUpdated(position.room(), position.user(), position.lastReadSeq(), null);
        var audience = new Signal.Audience.OfRoom(position.room(), position.user());
        signals.publishSparsely(
                        signals.signal(audience, null, frame),
                        "read:" + position.room() + ":" + position.user(),
                        position.lastReadSeq(),
                        INTERVAL.toMillis())
                .onSuccess(millis -> {
                    if (millis > 0) {
                        later(new ParticipantKey(position.room(), position.user()), millis);
                    }
                });
    }

    private void later(ParticipantKey reader, long millis) {
        if (waiting.size() < MAX_WAITING) {
            waiting.putIfAbsent(reader, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    private void run() {
        try {
            while (!stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                tellDue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// They are taken out before their cursors are read: a cursor that moves in between waits anew.
    private void tellDue() {
        var now = System.nanoTime();
        var due = waiting.entrySet().stream()
                .filter(entry -> entry.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .limit(Signals.MAX_BATCH)
                .toList();
        if (due.isEmpty()) {
            return;
        }
        due.forEach(waiting::remove);
        try {
            cursors.find(due).forEach(this::tellRoom);
        } catch (DatabaseException e) {
            LOG.debugf(e, "readers told of later count=%d", due.size());
            due.forEach(reader -> later(reader, INTERVAL.toMillis()));
        }
    }
}
