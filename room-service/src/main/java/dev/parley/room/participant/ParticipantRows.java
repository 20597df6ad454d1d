package dev.parley.room.participant;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.log.ParticipantState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The rows of one room's participants within a transaction that holds the room's lock: nobody else adds to them,
/// takes from them or changes their roles meanwhile.
record ParticipantRows(Connection connection, RoomId room) {

    private static final String COLUMNS = "SELECT user_id, role, joined_at, last_read_seq FROM participants ";

    private static final String FIND = COLUMNS + "WHERE room_id = ? AND user_id = ?";

    // The enum's order in SQL; among equals the longest-serving. A room has few admins, but may have many members.
    private static final String HEIR = COLUMNS + "WHERE room_id = ? AND role = ? ORDER BY joined_at, user_id LIMIT 1";

    private static final String PRESENT = "SELECT user_id FROM participants WHERE room_id = ? AND user_id = ANY (?)";

    private static final String INSERT = """
            INSERT INTO participants (room_id, user_id, role, joined_at, last_read_seq)
            SELECT ?, p.user_id, 'member', ?::timestamptz, p.last_read_seq
            FROM unnest(?::uuid[], ?::bigint[]) AS p (user_id, last_read_seq)
            """;

    private static final String SET_ROLE = "UPDATE participants SET role = ? WHERE room_id = ? AND user_id = ?";

    private static final String DELETE = "DELETE FROM participants WHERE room_id = ? AND user_id = ?";

    private static final String COUNT = "UPDATE rooms SET participant_count = participant_count + ? WHERE id = ?";

    /// A participant's row.
    record Row(UserId userId, Role role, Instant joinedAt, long lastReadSeq) {

        Row with(Role newRole) {
            return new Row(userId, newRole, joinedAt, lastReadSeq);
        }

        ParticipantState state() {
            return new ParticipantState(role.toString(), joinedAt, lastReadSeq);
        }
    }

    Optional<Row> find(UserId user) throws SQLException {
        try (var statement = prepare(FIND, room.value(), user.value())) {
            return first(statement.executeQuery());
        }
    }

    /// Who takes over when the owner has left: the longest-serving admin, else member; empty if nobody is left.
    Optional<Row> heir() throws SQLException {
        for (var role : List.of(Role.ADMIN, Role.MEMBER)) {
            try (var statement = prepare(HEIR, room.value(), role.toString())) {
                var found = first(statement.executeQuery());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    Set<UserId> present(Collection<UserId> users) throws SQLException {
        try (var statement = prepare(PRESENT, room.value())) {
            statement.setArray(2, SqlArrays.uuids(connection, users, UserId::value));
            var present = new HashSet<UserId>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                present.add(new UserId(rows.getObject(1, UUID.class)));
            }
            return present;
        }
    }

    /// Adds members, each of whom has read all up to his joining.
    void insert(List<Row> rows, Instant joinedAt) throws SQLException {
        try (var statement = prepare(INSERT, room.value(), joinedAt.toString())) {
            statement.setArray(
                    3, SqlArrays.uuids(connection, rows, row -> row.userId().value()));
            statement.setArray(4, SqlArrays.longs(connection, rows, Row::lastReadSeq));
            statement.executeUpdate();
        }
        count(rows.size());
    }

    void setRole(UserId user, Role role) throws SQLException {
        try (var statement = prepare(SET_ROLE, role.toString(), room.value(), user.value())) {
            statement.executeUpdate();
        }
    }

    void delete(UserId user) throws SQLException {
        try (var statement = prepare(DELETE, room.value(), user.value())) {
            count(-statement.executeUpdate());
        }
    }

    private void count(int more) throws SQLException {
        try (var statement = prepare(COUNT, more, room.value())) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static Optional<Row> first(ResultSet rows) throws SQLException {
        return rows.next()
                ? Optional.of(new Row(
                        new UserId(rows.getObject(1, UUID.class)),
                        Role.fromString(rows.getString(2)),
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        rows.getLong(4)))
                : Optional.empty();
    }
}
