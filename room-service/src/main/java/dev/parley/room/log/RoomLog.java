package dev.parley.room.log;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.database.SqlArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The steps of a transaction that appends to logs, in their order: [#lock], then decide in *new* statements, then
/// [#append], then [#advance]. The locking statement's snapshot is older than the lock: what is read in it may miss
/// what the lock's last holder has committed.
///
/// Lock order everywhere: rooms by id, participants, messages. That, and one lock on a room, keep `seq` dense.
public final class RoomLog {

    private static final String LOCK = """
            SELECT id, room_type = 'private', last_seq, log_epoch, deleted_at IS NOT NULL,
                   CASE WHEN room_type = 'private' THEN EXISTS (
                       SELECT FROM users u WHERE u.id IN (first_user_id, second_user_id) AND u.deleted)
                   ELSE false END
            FROM rooms WHERE id = ANY (?) ORDER BY id FOR NO KEY UPDATE""";

    private static final String EXISTING = "SELECT id FROM rooms WHERE id = ANY (?)";

    private static final String APPEND = """
            INSERT INTO events (room_id, seq, type, actor_id, message_id, user_id,
                                role, joined_at, last_read_seq, emoji, reaction_count,
                                created_at, membership_at)
            SELECT e.room_id, e.seq, e.type, e.actor_id, e.message_id, e.user_id,
                   e.role, e.joined_at::timestamptz, e.last_read_seq, e.emoji, e.reaction_count, ?::timestamptz,
                   CASE WHEN e.type IN ('participant.added', 'participant.removed', 'room.deleted')
                        THEN clock_timestamp() END
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[],
                        ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[])
                AS e (room_id, seq, type, actor_id, message_id, user_id, role, joined_at, last_read_seq,
                      emoji, reaction_count)
            """;

    private static final String ADVANCE = """
            UPDATE rooms r
            SET last_seq = a.last_seq,
                last_message_seq = coalesce(a.last_message_seq, r.last_message_seq),
                last_activity_at = coalesce(a.activity_at::timestamptz, r.last_activity_at),
                changed_at = clock_timestamp()
            FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[])
                AS a (id, old_seq, last_seq, last_message_seq, activity_at)
            WHERE r.id = a.id AND r.last_seq = a.old_seq
            """;

    private RoomLog() {}

    /// Takes the rooms' rows. A room that does not exist is in neither part of the answer.
    public static LockedRooms lock(Connection connection, Collection<RoomId> ids, LockMode mode) throws SQLException {
        var wanted = SqlArrays.uuids(connection, Set.copyOf(ids), RoomId::value);
        var rooms = new HashMap<RoomId, LockedRoom>();
        try (var statement = connection.prepareStatement(mode == LockMode.WAIT ? LOCK : LOCK + " SKIP LOCKED")) {
            statement.setArray(1, wanted);
            var rows = statement.executeQuery();
            while (rows.next()) {
                var id = new RoomId(rows.getObject(1, UUID.class));
                rooms.put(
                        id,
                        new LockedRoom(
                                id,
                                rows.getBoolean(2),
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getBoolean(5),
                                rows.getBoolean(6)));
            }
        }
        var missing = mode == LockMode.SKIP_LOCKED && !rooms.keySet().containsAll(ids);
        return new LockedRooms(Map.copyOf(rooms), missing ? busy(connection, ids, rooms.keySet()) : Set.of());
    }

    private static Set<RoomId> busy(Connection connection, Collection<RoomId> ids, Set<RoomId> locked)
            throws SQLException {
        var busy = new HashSet<RoomId>();
        try (var statement = connection.prepareStatement(EXISTING)) {
            var missing = ids.stream().filter(id -> !locked.contains(id)).toList();
            statement.setArray(1, SqlArrays.uuids(connection, missing, RoomId::value));
            var rows = statement.executeQuery();
            while (rows.next()) {
                busy.add(new RoomId(rows.getObject(1, UUID.class)));
            }
        }
        return busy;
    }

    /// Inserts events in one statement.
    /// @param events of one time, and for each room continuing its log; not empty
    public static void append(Connection connection, List<NewEvent> events) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            statement.setString(1, events.getFirst().timestamp().toString());
            statement.setArray(
                    2,
                    SqlArrays.uuids(connection, events, event -> event.roomId().value()));
            statement.setArray(3, SqlArrays.longs(connection, events, NewEvent::seq));
            statement.setArray(4, SqlArrays.texts(connection, events, NewEvent::type));
            statement.setArray(
                    5,
                    SqlArrays.uuids(connection, events, event -> event.actorId().value()));
            statement.setArray(6, SqlArrays.uuids(connection, events, event -> value(event.messageId())));
            statement.setArray(7, SqlArrays.uuids(connection, events, event -> value(event.userId())));
            statement.setArray(8, SqlArrays.texts(connection, events, event -> state(event, ParticipantState::role)));
            statement.setArray(
                    9,
                    SqlArrays.texts(
                            connection,
                            events,
                            event -> state(event, state -> state.joinedAt().toString())));
            statement.setArray(
                    10, SqlArrays.longs(connection, events, event -> state(event, ParticipantState::lastReadSeq)));
            statement.setArray(11, SqlArrays.texts(connection, events, event -> emoji(event.reaction())));
            statement.setArray(12, SqlArrays.longs(connection, events, event -> count(event.reaction())));
            executeFor(statement, events.size());
        }
    }

    /// Moves the ends of the logs, last before the commit.
    /// @param advances each room once; not empty
    public static void advance(Connection connection, Collection<Advance> advances) throws SQLException {
        try (var statement = connection.prepareStatement(ADVANCE)) {
            statement.setArray(
                    1,
                    SqlArrays.uuids(
                            connection, advances, advance -> advance.room().id().value()));
            statement.setArray(
                    2,
                    SqlArrays.longs(
                            connection, advances, advance -> advance.room().lastSeq()));
            statement.setArray(3, SqlArrays.longs(connection, advances, Advance::lastSeq));
            statement.setArray(4, SqlArrays.longs(connection, advances, Advance::lastMessageSeq));
            statement.setArray(5, SqlArrays.texts(connection, advances, RoomLog::activity));
            executeFor(statement, advances.size());
        }
    }

    private static void executeFor(PreparedStatement statement, int rows) throws SQLException {
        var changed = statement.executeUpdate();
        if (changed != rows) {
            throw new IllegalStateException("a log moved under its lock: " + changed + " rows of " + rows);
        }
    }

    private static <T> @Nullable T state(NewEvent event, Function<ParticipantState, T> column) {
        return event.participant() == null ? null : column.apply(event.participant());
    }

    private static @Nullable String emoji(@Nullable ReactionState reaction) {
        return reaction == null ? null : reaction.emoji();
    }

    private static @Nullable Long count(@Nullable ReactionState reaction) {
        return reaction == null ? null : (long) reaction.count();
    }

    private static @Nullable String activity(Advance advance) {
        var at = advance.activityAt();
        return at == null ? null : at.toString();
    }

    private static @Nullable UUID value(@Nullable MessageId id) {
        return id == null ? null : id.value();
    }

    private static @Nullable UUID value(@Nullable UserId id) {
        return id == null ? null : id.value();
    }
}
