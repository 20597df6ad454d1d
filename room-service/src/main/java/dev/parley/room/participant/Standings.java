package dev.parley.room.participant;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Tells how a user stands in rooms, each answer from one statement.
@ApplicationScoped
public class Standings {

    private static final String STANDINGS = """
            SELECT r.id, p.role, r.room_type = 'private', p.last_read_seq,
                   (SELECT o.last_read_seq FROM participants o
                    WHERE o.room_id = p.room_id AND o.user_id <> p.user_id ORDER BY o.last_read_seq LIMIT 1),
                   r.last_seq, r.log_epoch
            FROM participants p JOIN rooms r ON r.id = p.room_id
            WHERE p.user_id = ? AND p.room_id = ANY (?) AND r.deleted_at IS NULL
            """;

    // One statement, so that who is in the room and the end of its log belong together.
    private static final String PRESENT = """
            SELECT r.last_seq, r.participant_count,
                   CASE WHEN r.participant_count <= ?
                        THEN ARRAY(SELECT p.user_id FROM participants p WHERE p.room_id = r.id) ELSE '{}'::uuid[] END
            FROM rooms r WHERE r.id = ? AND r.deleted_at IS NULL
            """;

    private static final String FORMER = """
            SELECT r.id, 'member', r.room_type = 'private', 0,
                   (SELECT o.last_read_seq FROM participants o WHERE o.room_id = r.id ORDER BY o.last_read_seq LIMIT 1),
                   r.last_seq, r.log_epoch
            FROM rooms r WHERE r.id = ? AND r.deleted_at IS NULL
            """;

    private final Database database;

    Standings(Database database) {
        this.database = database;
    }

    /// Empty when there is no such room, it is deleted, or the user is not in it: the three are not told apart.
    public Optional<Standing> find(RoomId room, UserId user) {
        return Optional.ofNullable(of(user, List.of(room)).get(room));
    }

    /// @throws ProblemException `room_not_found` when [#find] finds nothing
    public Standing require(RoomId room, UserId user) {
        return find(room, user).orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
    }

    /// The user's standings in those of the rooms that he is in.
    public Map<RoomId, Standing> of(UserId user, Collection<RoomId> rooms) {
        return database.read(connection -> {
            var standings = new HashMap<RoomId, Standing>();
            try (var statement = connection.prepareStatement(STANDINGS)) {
                statement.setObject(1, user.value());
                statement.setArray(2, SqlArrays.uuids(connection, rooms, RoomId::value));
                var rows = statement.executeQuery();
                while (rows.next()) {
                    var standing = standing(user, rows);
                    standings.put(standing.roomId(), standing);
                }
            }
            return standings;
        });
    }

    /// Who is in a room.
    /// @param limit when there are more, none is named
    /// @throws ProblemException `room_not_found` when there is no such room
    public dev.parley.model.internal.Participants present(RoomId room, int limit) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(PRESENT)) {
                statement.setInt(1, limit);
                statement.setObject(2, room.value());
                var rows = statement.executeQuery();
                if (!rows.next()) {
                    throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
                }
                var users = Arrays.stream((UUID[]) rows.getArray(3).getArray())
                        .map(UserId::new)
                        .toList();
                return new dev.parley.model.internal.Participants(rows.getLong(1), rows.getInt(2), users);
            }
        });
    }

    /// How one who has left a room looks at what he wrote there: as a member who has read nothing.
    /// @throws ProblemException `room_not_found` when there is no such room any more
    public Standing ofFormer(RoomId room, UserId user) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(FORMER)) {
                statement.setObject(1, room.value());
                var rows = statement.executeQuery();
                if (!rows.next()) {
                    throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
                }
                return standing(user, rows);
            }
        });
    }

    private static Standing standing(UserId user, ResultSet row) throws SQLException {
        return new Standing(
                new RoomId(row.getObject(1, UUID.class)),
                user,
                Role.fromString(row.getString(2)),
                row.getBoolean(3),
                row.getLong(4),
                row.getObject(5, Long.class),
                row.getLong(6),
                row.getLong(7));
    }
}
