package dev.parley.room.bench;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Makes groups with SQL, many at a time.
record BenchRooms(DataSource dataSource) {

    private static final String INSERT_ROOMS = """
            WITH r AS (
                INSERT INTO rooms (id, room_type, name, created_by, created_at, last_activity_at, participant_count)
                SELECT uuidv7(), 'group', 'bench', ?::uuid, now(), now(), ? FROM generate_series(1, ?)
                RETURNING id)
            INSERT INTO participants (room_id, user_id, role, joined_at)
            SELECT r.id, u, 'member', now() FROM r, unnest(?::uuid[]) u
            RETURNING room_id""";

    /// Rooms, all with the same members.
    record Made(List<RoomId> rooms, List<UserId> members) {

        RoomId room(long number) {
            return rooms.get((int) (number % rooms.size()));
        }

        UserId member(long number) {
            return members.get((int) (number % members.size()));
        }
    }

    Made make(int number, int membersOfEach) throws SQLException {
        var members = new ArrayList<UserId>();
        for (int i = 0; i < membersOfEach; i++) {
            members.add(UserId.random());
        }
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            insertUsers(connection, members);
            var rooms = insertRooms(connection, number, members);
            connection.commit();
            execute(connection, "ANALYZE rooms, participants, users");
            connection.commit();
            return new Made(rooms, members);
        }
    }

    String setting(String name) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void insertUsers(Connection connection, List<UserId> members) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO users (id, username, display_name, deleted, version)
                SELECT u, u::text, u::text, false, 1 FROM unnest(?::uuid[]) u""")) {
            statement.setArray(1, array(connection, members));
            statement.executeUpdate();
        }
    }

    private static List<RoomId> insertRooms(Connection connection, int number, List<UserId> members)
            throws SQLException {
        var rooms = new ArrayList<RoomId>();
        try (var statement = connection.prepareStatement(INSERT_ROOMS)) {
            statement.setObject(1, members.getFirst().value());
            statement.setInt(2, members.size());
            statement.setInt(3, number);
            statement.setArray(4, array(connection, members));
            var rows = statement.executeQuery();
            while (rows.next()) {
                rooms.add(new RoomId(rows.getObject(1, UUID.class)));
            }
        }
        return rooms.stream().distinct().toList();
    }

    private static java.sql.Array array(Connection connection, List<UserId> users) throws SQLException {
        return connection.createArrayOf(
                "uuid", users.stream().map(UserId::value).toArray());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
