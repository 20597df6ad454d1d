package dev.parley.room.room;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.Database;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.log.EventRooms;
import dev.parley.room.participant.MembershipSignals;
import dev.parley.room.participant.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// Inserts rooms with their first participants, in one transaction each, and tells these. A new room's log is
/// empty.
@ApplicationScoped
class NewRooms {

    /// Violated by a second room of one pair.
    static final String ONE_PER_PAIR = "one_private_room_per_pair";

    /// Violated by a second room of one `client_room_id`.
    static final String ONE_PER_CLIENT_ID = "one_room_per_creator_and_client_room_id";

    private static final String INSERT_ROOM = """
            INSERT INTO rooms (id, room_type, name, first_user_id, second_user_id, created_by, client_room_id,
                               created_at, last_activity_at, participant_count)
            VALUES (?, ?, ?, least(?::uuid, ?::uuid), greatest(?::uuid, ?::uuid), ?, ?,
                    ?::timestamptz, ?::timestamptz, ?)
            """;

    private static final String INSERT_PARTICIPANTS = """
            INSERT INTO participants (room_id, user_id, role, joined_at)
            SELECT ?, p.user_id, p.role, ?::timestamptz FROM unnest(?::uuid[], ?::text[]) AS p (user_id, role)
            """;

    private record Member(UserId user, Role role) {}

    private record Row(
            RoomType type,
            @Nullable String name,
            @Nullable UserId peer,
            UserId creator,
            @Nullable String clientRoomId) {}

    private final Database database;
    private final InstantSource clock;
    private final MembershipSignals signals;

    NewRooms(Database database, InstantSource clock, MembershipSignals signals) {
        this.database = database;
        this.signals = signals;
        this.clock = clock;
    }

    /// @throws DatabaseException that [#ONE_PER_PAIR] is violated, if the pair has a room
    RoomId insertPrivate(UserId creator, UserId other) {
        return insert(
                new Row(RoomType.PRIVATE, null, other, creator, null),
                List.of(new Member(creator, Role.MEMBER), new Member(other, Role.MEMBER)));
    }

    /// @param others not the creator
    /// @throws DatabaseException that [#ONE_PER_CLIENT_ID] is violated, if the creator used the id before
    RoomId insertGroup(UserId creator, String name, SequencedSet<UserId> others, @Nullable String clientRoomId) {
        var members = new ArrayList<Member>();
        members.add(new Member(creator, Role.OWNER));
        others.forEach(user -> members.add(new Member(user, Role.MEMBER)));
        return insert(new Row(RoomType.GROUP, name, null, creator, clientRoomId), members);
    }

    private RoomId insert(Row row, List<Member> members) {
        var id = RoomId.random();
        var now = clock.instant().toString();
        var room = database.inTransaction(connection -> {
            insertRoom(connection, id, row, now, members.size());
            insertParticipants(connection, id, now, members);
            return EventRooms.one(connection, id);
        });
        signals.added(room, members.stream().map(Member::user).toList());
        return id;
    }

    private static void insertRoom(Connection connection, RoomId id, Row row, String now, int participants)
            throws SQLException {
        // least() and greatest() ignore nulls: a pair is given whole or not at all.
        var creatorInPair = row.peer() == null ? null : row.creator().value();
        var peer = row.peer() == null ? null : row.peer().value();
        try (var statement = connection.prepareStatement(INSERT_ROOM)) {
            statement.setObject(1, id.value());
            statement.setString(2, row.type().toString());
            statement.setString(3, row.name());
            statement.setObject(4, creatorInPair);
            statement.setObject(5, peer);
            statement.setObject(6, creatorInPair);
            statement.setObject(7, peer);
            statement.setObject(8, row.creator().value());
            statement.setString(9, row.clientRoomId());
            statement.setString(10, now);
            statement.setString(11, now);
            statement.setInt(12, participants);
            statement.executeUpdate();
        }
    }

    private static void insertParticipants(Connection connection, RoomId room, String now, List<Member> members)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT_PARTICIPANTS)) {
            statement.setObject(1, room.value());
            statement.setString(2, now);
            statement.setArray(
                    3,
                    SqlArrays.uuids(connection, members, member -> member.user().value()));
            statement.setArray(
                    4,
                    SqlArrays.texts(connection, members, member -> member.role().toString()));
            statement.executeUpdate();
        }
    }
}
