package dev.parley.room.internal;

import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Heads;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Tells which rooms' logs grew since a watermark, and whose list of rooms changed. All gateways ask about the same
/// moments, so one query serves all of them for a fraction of a second.
///
/// Thread-safe: the snapshot is replaced under a lock, and while one asks PostgreSQL the others wait for his answer.
@ApplicationScoped
class ChangedRooms {

    private static final String CLOCK = "SELECT clock_timestamp()";

    private static final String CHANGED = """
            SELECT id, last_seq, log_epoch, changed_at FROM rooms WHERE changed_at >= ?
            ORDER BY changed_at LIMIT ?
            """;

    private static final String OF_ROOMS = "SELECT id, last_seq, log_epoch FROM rooms WHERE id = ANY (?)";

    /// A room and when it changed.
    private record Change(Heads.Head head, Watermark at) {}

    /// What PostgreSQL said.
    /// @param from every change since then is in it
    /// @param asked when it was asked, by PostgreSQL's clock
    /// @param complete false when too many rooms changed to be told; there are none then
    private record Snapshot(
            Watermark from,
            Watermark asked,
            boolean complete,
            List<Change> changes,
            Memberships.Changes memberships,
            long takenNanos) {}

    private final Database database;
    private final HeadsConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Snapshot latest;

    ChangedRooms(Database database, HeadsConfig config) {
        this.database = database;
        this.config = config;
    }

    /// @param since null for a first watermark
    Heads since(@Nullable Watermark since) {
        lock.lock();
        try {
            return answer(since);
        } finally {
            lock.unlock();
        }
    }

    private Heads answer(@Nullable Watermark since) {
        var from = since == null ? null : since.minus(config.overlap());
        var snapshot = latest;
        if (snapshot == null || !serves(snapshot, from)) {
            snapshot = database.read(connection -> ask(connection, since));
            latest = snapshot;
        }
        if (from == null || from.isBefore(snapshot.from())) {
            return new Heads(snapshot.asked().toString(), false, false, List.of(), List.of());
        }
        var heads = snapshot.changes().stream()
                .filter(change -> !change.at().isBefore(from))
                .map(Change::head)
                .toList();
        var memberships = snapshot.memberships().changes().stream()
                .filter(change -> !change.at().isBefore(from))
                .map(Memberships.Change::change)
                .toList();
        return new Heads(
                snapshot.asked().toString(),
                snapshot.complete(),
                snapshot.memberships().complete(),
                heads,
                memberships);
    }

    /// The heads of those of the rooms that exist.
    Heads of(List<RoomId> rooms) {
        return database.read(connection -> {
            var asked = clock(connection);
            var heads = new ArrayList<Heads.Head>();
            try (var statement = connection.prepareStatement(OF_ROOMS)) {
                statement.setArray(1, SqlArrays.uuids(connection, rooms, RoomId::value));
                var rows = statement.executeQuery();
                while (rows.next()) {
                    heads.add(head(rows));
                }
            }
            return new Heads(asked.toString(), true, true, heads, List.of());
        });
    }

    private static Heads.Head head(ResultSet row) throws SQLException {
        return new Heads.Head(new RoomId(row.getObject(1, UUID.class)), row.getLong(2), row.getLong(3));
    }

    private boolean serves(Snapshot snapshot, @Nullable Watermark from) {
        var age = System.nanoTime() - snapshot.takenNanos();
        return age < config.cacheFor().toNanos() && (from == null || !from.isBefore(snapshot.from()));
    }

    private Snapshot ask(Connection connection, @Nullable Watermark since) throws SQLException {
        var taken = System.nanoTime();
        // The clock first: what commits afterwards is within the next answer's overlap.
        var now = clock(connection);
        var oldest = now.minus(config.maxAge().plus(config.overlap()));
        // A little more than this gateway needs, so that one whose watermark is older is served as well.
        var wanted = since == null ? now : since.minus(config.overlap().plus(Duration.ofSeconds(2)));
        var from = wanted.isBefore(oldest) ? oldest : wanted;
        var changes = changes(connection, from);
        var memberships = Memberships.since(connection, from, config.maxMemberships());
        var complete = changes.size() <= config.maxRooms();
        return new Snapshot(from, now, complete, complete ? changes : List.of(), memberships, taken);
    }

    private static Watermark clock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(CLOCK)) {
            var rows = statement.executeQuery();
            rows.next();
            return new Watermark(instant(rows.getObject(1, OffsetDateTime.class)));
        }
    }

    private List<Change> changes(Connection connection, Watermark from) throws SQLException {
        var changes = new ArrayList<Change>();
        try (var statement = connection.prepareStatement(CHANGED)) {
            statement.setObject(1, from.time().atOffset(ZoneOffset.UTC));
            statement.setInt(2, config.maxRooms() + 1);
            var rows = statement.executeQuery();
            while (rows.next()) {
                changes.add(new Change(head(rows), new Watermark(instant(rows.getObject(4, OffsetDateTime.class)))));
            }
        }
        return changes;
    }

    private static Instant instant(OffsetDateTime time) {
        return time.toInstant();
    }
}
