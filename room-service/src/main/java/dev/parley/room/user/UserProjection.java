package dev.parley.room.user;

import dev.parley.model.internal.Users;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;

/// Writes the projection: a row only ever gives way to a newer version, so late news brings no name back.
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
            """;

    private final Database database;

    UserProjection(Database database) {
        this.database = database;
    }

    /// @param users each at most once
    void store(Collection<Users.Versioned> users) {
        // One order for all writers: two replicas that store the same users do not deadlock.
        var rows = users.stream()
                .sorted(Comparator.comparing((Users.Versioned row) -> id(row).toString()))
                .toList();
        database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(STORE)) {
                statement.setArray(1, SqlArrays.uuids(connection, rows, UserProjection::id));
                statement.setArray(
                        2, SqlArrays.texts(connection, rows, row -> row.user().username()));
                statement.setArray(
                        3, SqlArrays.texts(connection, rows, row -> row.user().displayName()));
                statement.setArray(4, SqlArrays.longs(connection, rows, Users.Versioned::version));
                return statement.executeUpdate();
            }
        });
    }

    private static UUID id(Users.Versioned row) {
        return row.user().id().value();
    }
}
