package dev.parley.room.erasure;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The table `erasures`: what is left to do, and who does it at the moment. Time is PostgreSQL's.
@ApplicationScoped
class Erasures {

    private static final String CLAIM = """
            UPDATE erasures SET due_at = clock_timestamp() + ? * interval '1 ms'
            WHERE user_id = (SELECT user_id FROM erasures WHERE due_at <= clock_timestamp()
                             ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING user_id
            """;

    private static final String KEEP =
            "UPDATE erasures SET due_at = clock_timestamp() + ? * interval '1 ms' " + "WHERE user_id = ?";

    private static final String FINISH =
            "DELETE FROM erasures WHERE user_id = ? AND erased_at <= clock_timestamp() - ? * interval '1 ms'";

    private static final String LOOK_AGAIN =
            "UPDATE erasures SET due_at = erased_at + ? * interval '1 ms' WHERE user_id = ?";

    private static final String GROUPS = """
            SELECT p.room_id FROM participants p JOIN rooms r ON r.id = p.room_id
            WHERE p.user_id = ? AND p.room_id > ? AND r.room_type = 'group' AND r.deleted_at IS NULL
            ORDER BY p.room_id LIMIT ?
            """;

    private final Database database;
    private final long leaseMillis;
    private final long lastLookMillis;

    Erasures(Database database, ErasureConfig config) {
        this.database = database;
        this.leaseMillis = config.lease().toMillis();
        this.lastLookMillis = config.lastLook().toMillis();
    }

    /// Takes an erased account for the time of a lease; empty when none is due.
    Optional<UserId> claim() {
        return database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(CLAIM)) {
                statement.setLong(1, leaseMillis);
                var rows = statement.executeQuery();
                return rows.next() ? Optional.of(new UserId(rows.getObject(1, UUID.class))) : Optional.empty();
            }
        });
    }

    /// Begins the lease anew.
    void keep(UserId user) {
        database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(KEEP)) {
                statement.setLong(1, leaseMillis);
                statement.setObject(2, user.value());
                return statement.executeUpdate();
            }
        });
    }

    /// The account is in no group: done, once that is looked at late enough.
    void finish(UserId user) {
        database.inTransaction(connection -> {
            try (var finish = connection.prepareStatement(FINISH);
                    var lookAgain = connection.prepareStatement(LOOK_AGAIN)) {
                finish.setObject(1, user.value());
                finish.setLong(2, lastLookMillis);
                lookAgain.setLong(1, lastLookMillis);
                lookAgain.setObject(2, user.value());
                return finish.executeUpdate() + lookAgain.executeUpdate();
            }
        });
    }

    /// The groups that the account is in, by id.
    /// @param after exclusive
    List<RoomId> groups(UserId user, RoomId after, int limit) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(GROUPS)) {
                statement.setObject(1, user.value());
                statement.setObject(2, after.value());
                statement.setInt(3, limit);
                var groups = new ArrayList<RoomId>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    groups.add(new RoomId(rows.getObject(1, UUID.class)));
                }
                return groups;
            }
        });
    }
}
