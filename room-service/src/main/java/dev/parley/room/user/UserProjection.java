package dev.parley.room.user;

import dev.parley.model.event.UserRef;
import dev.parley.model.internal.Users;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes the projection: a row only ever gives way to a newer version, so late news brings no name back. What it
/// writes is never locked together with rooms: an erasure leaves a note, and rooms are left later, in transactions of
/// their own.
@ApplicationScoped
class UserProjection {

    private static final String STORE = """
            INSERT INTO users (id, username, display_name, deleted, version)
            SELECT id, username, display_name, username IS NULL, version
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[]) AS u (id, username, display_name, version)
            ON CONFLICT (id) DO UPDATE
            SET username = excluded.username, display_name = excluded.display_name,
                deleted = excluded.deleted, version = excluded.version
            WHERE users.version < excluded.version
            RETURNING id, xmax <> 0
            """;

    // Beside each row the version that was seen before the auth service was asked: what changed since stays.
    private static final String REPLACE = """
            UPDATE users SET username = u.username, display_name = u.display_name,
                             deleted = u.username IS NULL, version = u.version
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                AS u (id, username, display_name, version, seen)
            WHERE users.id = u.id AND users.version = u.seen AND users.version > u.version AND NOT users.deleted
            RETURNING users.id, true
            """;

    private static final String LOCK = "SELECT FROM users WHERE id = ANY (?) ORDER BY id FOR UPDATE";

    private static final String NOTE_ERASURES =
            "INSERT INTO erasures (user_id) SELECT unnest(?::uuid[]) ON CONFLICT DO NOTHING";

    private static final String ADVANCE = "UPDATE user_projection SET last_n = ? WHERE last_n < ?";

    /// A row that was written.
    /// @param wasThere whether it took an older one's place
    private record Written(UserRef user, boolean wasThere) {}

    private final Database database;
    private final UserSignals signals;

    UserProjection(Database database, UserSignals signals) {
        this.database = database;
        this.signals = signals;
    }

    /// @param users each at most once
    void store(Collection<Users.Versioned> users) {
        tell(database.inTransaction(connection -> store(connection, users)));
    }

    /// As [#store], together with how far the events are taken.
    void store(Collection<Users.Versioned> users, long lastN) {
        tell(database.inTransaction(connection -> {
            var changed = store(connection, users);
            try (var statement = connection.prepareStatement(ADVANCE)) {
                statement.setLong(1, lastN);
                statement.setLong(2, lastN);
                statement.executeUpdate();
            }
            return changed;
        }));
    }

    /// Stores accounts as the auth service has them now, lower versions too: its database was restored from a backup.
    /// Who was erased stays so.
    /// @param seen the projected versions of before it was asked, for every one of `users`
    void replace(Collection<Users.Versioned> users, Function<Users.Versioned, Long> seen) {
        tell(database.inTransaction(connection -> {
            var changed = store(connection, users);
            var rows = sorted(users);
            lock(connection, rows);
            try (var statement = connection.prepareStatement(REPLACE)) {
                setRows(statement, connection, rows);
                statement.setArray(5, SqlArrays.longs(connection, rows, seen));
                written(statement.executeQuery(), rows).forEach(row -> changed.add(row.user()));
            }
            return changed;
        }));
    }

    private void tell(List<UserRef> changed) {
        signals.updated(changed.stream().map(UserRef::id).toList());
    }

    private static List<UserRef> store(Connection connection, Collection<Users.Versioned> users) throws SQLException {
        if (users.isEmpty()) {
            return new ArrayList<>();
        }
        // One order for all writers: two replicas that store the same users do not deadlock.
        var rows = sorted(users);
        List<Written> written;
        try (var statement = connection.prepareStatement(STORE)) {
            setRows(statement, connection, rows);
            written = written(statement.executeQuery(), rows);
        }
        noteErasures(connection, written);
        return written.stream().filter(Written::wasThere).map(Written::user).collect(Collectors.toList());
    }

    private static void noteErasures(Connection connection, List<Written> written) throws SQLException {
        var erased = written.stream()
                .map(Written::user)
                .filter(UserRef::deleted)
                .map(user -> user.id().value())
                .toList();
        if (!erased.isEmpty()) {
            try (var statement = connection.prepareStatement(NOTE_ERASURES)) {
                statement.setArray(1, SqlArrays.uuids(connection, erased, id -> id));
                statement.executeUpdate();
            }
        }
    }

    private static void lock(Connection connection, List<Users.Versioned> rows) throws SQLException {
        try (var statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, SqlArrays.uuids(connection, rows, UserProjection::id));
            statement.executeQuery();
        }
    }

    private static void setRows(PreparedStatement statement, Connection connection, List<Users.Versioned> rows)
            throws SQLException {
        statement.setArray(1, SqlArrays.uuids(connection, rows, UserProjection::id));
        statement.setArray(
                2, SqlArrays.texts(connection, rows, row -> row.user().username()));
        statement.setArray(
                3, SqlArrays.texts(connection, rows, row -> row.user().displayName()));
        statement.setArray(4, SqlArrays.longs(connection, rows, Users.Versioned::version));
    }

    private static List<Written> written(ResultSet rows, List<Users.Versioned> users) throws SQLException {
        var byId = users.stream().collect(Collectors.toMap(UserProjection::id, Users.Versioned::user));
        var written = new ArrayList<Written>();
        while (rows.next()) {
            written.add(new Written(byId.get(rows.getObject(1, UUID.class)), rows.getBoolean(2)));
        }
        return written;
    }

    private static List<Users.Versioned> sorted(Collection<Users.Versioned> users) {
        return users.stream()
                .sorted(Comparator.comparing((Users.Versioned row) -> id(row).toString()))
                .toList();
    }

    private static UUID id(Users.Versioned row) {
        return row.user().id().value();
    }
}
