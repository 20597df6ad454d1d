package dev.parley.room.user;

import dev.parley.kit.account.AuthServiceClient;
import dev.parley.kit.background.BackOff;
import dev.parley.model.id.UserId;
import dev.parley.room.database.Database;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Types;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/// Asks for every projected account again, page by page, when events were lost for good. How far it is stands in the
/// database: it survives restarts, and replicas that do the same at once only repeat each other.
///
/// Thread: one virtual thread of its own; [#begin] may be called from any.
@ApplicationScoped
class UserRefresh {

    private static final Logger LOG = Logger.getLogger(UserRefresh.class);
    private static final UUID BEFORE_ALL = new UUID(0, 0);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final String BEGIN = "UPDATE user_projection SET last_n = ?, refresh_after = ?";
    private static final String PLACE = "SELECT refresh_after FROM user_projection WHERE refresh_after IS NOT NULL";
    private static final String MOVE = "UPDATE user_projection SET refresh_after = ? WHERE refresh_after = ?";
    private static final String PAGE = "SELECT id, version FROM users WHERE id > ? ORDER BY id LIMIT ?";

    private final Database database;
    private final AuthServiceUsers authService;
    private final UserProjection projection;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final BackOff pauses = new BackOff(stop, Duration.ofSeconds(2));

    UserRefresh(Database database, AuthServiceUsers authService, UserProjection projection) {
        this.database = database;
        this.authService = authService;
        this.projection = projection;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("user-refresh").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    /// @param lastN the events go on behind this one
    void begin(long lastN) {
        database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(BEGIN)) {
                statement.setLong(1, lastN);
                statement.setObject(2, BEFORE_ALL);
                return statement.executeUpdate();
            }
        });
    }

    private void run() {
        while (stop.getCount() > 0) {
            try {
                if (!refreshPage()) {
                    pauses.pauseFor(INTERVAL);
                }
                pauses.reset();
            } catch (RuntimeException e) {
                LOG.debugf(e, "accounts not refreshed");
                pauses.pause();
            }
        }
    }

    /// Whether there was something to do.
    private boolean refreshPage() {
        var place = place();
        if (place.isEmpty()) {
            return false;
        }
        var versions = page(place.get());
        var ids = List.copyOf(versions.keySet());
        if (!ids.isEmpty()) {
            var users = authService.find(ids);
            projection.replace(users, row -> versions.get(row.user().id()));
        }
        move(place.get(), ids.size() < AuthServiceClient.MAX_IDS ? Optional.empty() : Optional.of(ids.getLast()));
        return true;
    }

    private Optional<UUID> place() {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(PLACE)) {
                var rows = statement.executeQuery();
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        });
    }

    private Map<UserId, Long> page(UUID after) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(PAGE)) {
                statement.setObject(1, after);
                statement.setInt(2, AuthServiceClient.MAX_IDS);
                var versions = new LinkedHashMap<UserId, Long>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    versions.put(new UserId(rows.getObject(1, UUID.class)), rows.getLong(2));
                }
                return versions;
            }
        });
    }

    /// Unless it was begun anew, or another replica has moved on, meanwhile.
    private void move(UUID from, Optional<UserId> to) {
        database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(MOVE)) {
                statement.setObject(1, to.map(UserId::value).orElse(null), Types.OTHER);
                statement.setObject(2, from);
                return statement.executeUpdate();
            }
        });
    }
}
