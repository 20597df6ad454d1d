package dev.parley.room.user;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Signal;
import dev.parley.room.database.Database;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.signal.Frame;
import dev.parley.room.signal.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Tells the rooms of users who have changed, the latest active ones first, as they are in the database by then: of
/// several changes within an interval the last is told. Best effort: who misses it sees the names as they are when he
/// reads the room again.
///
/// Thread-safe, and [#updated] never waits: whoever stores users has events to follow. Who is to be told of waits in
/// [#waiting], which a thread of its own empties.
@ApplicationScoped
class UserSignals {

    /// Least time between two signals of one user from this replica, and how late the first is.
    static final Duration INTERVAL = Duration.ofMillis(500);

    /// How often it is looked for what is due.
    private static final Duration TICK = Duration.ofMillis(100);

    /// Users waiting to be told of. Above it some are not.
    static final int MAX_WAITING = 10_000;

    /// A user may be in any number of rooms; whoever looks at one that has been silent for long reads it anew.
    private static final int MAX_ROOMS = 1_000;

    private static final int PATIENCE_SECONDS = 5;

    private static final String ROOMS = """
            SELECT r.id FROM participants p JOIN rooms r ON r.id = p.room_id
            WHERE p.user_id = ? AND r.deleted_at IS NULL
            ORDER BY r.last_activity_at DESC LIMIT ?
            """;

    private static final String USER = "SELECT username, display_name, deleted FROM users WHERE id = ?";

    private static final Logger LOG = Logger.getLogger(UserSignals.class);

    private final Database database;
    private final Signals signals;
    private final Counter untold;

    /// When each is due, by `System.nanoTime`.
    private final Map<UserId, Long> waiting = new ConcurrentHashMap<>();

    private final CountDownLatch stop = new CountDownLatch(1);

    UserSignals(Database database, Signals signals, MeterRegistry metrics) {
        this.database = database;
        this.signals = signals;
        this.untold = Counter.builder("parley.users.untold")
                .description("Changes of users that their rooms were not told of, because too many waited or it failed")
                .register(metrics);
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("user-signals").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    /// Called after the commit.
    void updated(Collection<UserId> users) {
        for (var user : users) {
            if (waiting.size() < MAX_WAITING) {
                waiting.putIfAbsent(user, System.nanoTime() + INTERVAL.toNanos());
            } else if (!waiting.containsKey(user)) {
                untold.increment();
            }
        }
    }

    int waiting() {
        return waiting.size();
    }

    private void run() {
        try {
            while (!stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                tellDueSafely();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong once, the thread goes on.
    private void tellDueSafely() throws InterruptedException {
        try {
            tellDue();
        } catch (RuntimeException e) {
            LOG.error("telling of users failed", e);
        }
    }

    /// Each is taken out before he is read: a change in between waits anew. While PostgreSQL or Redis is away they
    /// wait, one attempt an interval.
    private void tellDue() throws InterruptedException {
        var now = System.nanoTime();
        var due = waiting.entrySet().stream()
                .filter(entry -> entry.getValue() - now <= 0)
                .sorted(Comparator.comparingLong(entry -> entry.getValue() - now))
                .map(Map.Entry::getKey)
                .limit(Signals.MAX_BATCH)
                .toList();
        due.forEach(waiting::remove);
        for (int i = 0; i < due.size(); i++) {
            try {
                tell(due.get(i));
            } catch (DatabaseException | ExecutionException | TimeoutException e) {
                LOG.debugf(e, "users told of later count=%d", due.size() - i);
                updated(due.subList(i, due.size()));
                return;
            } catch (RuntimeException e) {
                LOG.errorf(e, "user not told of user=%s", due.get(i));
                untold.increment();
            }
        }
    }

    /// Waits for Redis after each batch, so that many changes are not put before what others tell.
    private void tell(UserId id) throws ExecutionException, TimeoutException, InterruptedException {
        var user = user(id);
        if (user.isEmpty()) {
            return;
        }
        var frame = new Frame.UserUpdated(user.get());
        var rooms = rooms(id);
        for (int from = 0; from < rooms.size(); from += Signals.MAX_BATCH) {
            var batch = rooms.subList(from, Math.min(from + Signals.MAX_BATCH, rooms.size())).stream()
                    .map(room -> signals.signal(new Signal.Audience.OfRoom(room, null), null, frame))
                    .toList();
            signals.publish(batch).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private Optional<UserRef> user(UserId id) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(USER)) {
                statement.setObject(1, id.value());
                var rows = statement.executeQuery();
                return rows.next() ? Optional.of(user(id, rows)) : Optional.empty();
            }
        });
    }

    private static UserRef user(UserId id, ResultSet row) throws SQLException {
        return row.getBoolean(3) ? UserRef.erased(id) : UserRef.present(id, row.getString(1), row.getString(2));
    }

    private List<RoomId> rooms(UserId user) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(ROOMS)) {
                statement.setObject(1, user.value());
                statement.setInt(2, MAX_ROOMS);
                var rooms = new ArrayList<RoomId>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    rooms.add(new RoomId(rows.getObject(1, UUID.class)));
                }
                return rooms;
            }
        });
    }
}
