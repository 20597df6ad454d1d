package dev.parley.room.testing;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.sql.SQLException;
import java.util.UUID;

/// A million messages in 10,000 rooms, one of which has 100,000 participants and a fifth of the messages. Filled with
/// SQL past triggers and foreign keys, so that it takes seconds; what they would demand holds all the same.
///
/// Ids count from 1. The reader, user 1, is in rooms 1 to 1,001 and 9,001, where room 1 is the large one and 9,001
/// his private one with user 2. Rooms from 9,001 on are private.
public final class LargeData {

    public static final UserRef READER = UserRef.present(user(1), "user1", "User 1");
    public static final RoomId LARGE = room(1);
    public static final RoomId SMALL = room(2);
    public static final int LARGE_MESSAGES = 200_000;

    private static final String FILL = """
            SET session_replication_role = replica;
            SET synchronous_commit = off;
            CREATE FUNCTION pg_temp.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
                $$ SELECT ('00000000-0000-7000-800' || kind || '-' || lpad(to_hex(n), 12, '0'))::uuid $$;
            INSERT INTO users (id, username, display_name, deleted, version)
            SELECT pg_temp.id(1, n), 'user' || n, 'User ' || n, false, 1 FROM generate_series(1, 110000) n;

            INSERT INTO rooms (id, room_type, name, first_user_id, second_user_id, created_by, created_at, made_at,
                    participant_count, last_seq, last_message_seq, last_activity_at, changed_at)
            SELECT pg_temp.id(2, n), CASE WHEN n > 9000 THEN 'private' ELSE 'group' END,
                   CASE WHEN n <= 9000 THEN 'Room ' || n END,
                   CASE WHEN n > 9000 THEN pg_temp.id(1, n - 9000) END,
                   CASE WHEN n > 9000 THEN pg_temp.id(1, n - 8999) END,
                   pg_temp.id(1, 1), now() - interval '2 days', now() - interval '2 days',
                   CASE WHEN n = 1 THEN 100000 WHEN n > 9000 THEN 2 ELSE 10 END,
                   CASE WHEN n = 1 THEN 200000 ELSE 80 END, CASE WHEN n = 1 THEN 200000 ELSE 80 END,
                   now() - n * interval '10 seconds', now() - n * interval '10 seconds'
            FROM generate_series(1, 10000) n;

            INSERT INTO participants (room_id, user_id, role, joined_at, last_read_seq)
            SELECT pg_temp.id(2, 1), pg_temp.id(1, n), CASE WHEN n = 1 THEN 'owner' ELSE 'member' END,
                   now() - interval '2 days' + n * interval '1 millisecond', n
            FROM generate_series(1, 100000) n;
            INSERT INTO participants (room_id, user_id, role, joined_at, last_read_seq)
            SELECT pg_temp.id(2, n), pg_temp.id(1, CASE WHEN k = 0 AND n <= 1001 THEN 1 ELSE n * 10 + k END),
                   CASE WHEN k = 0 THEN 'owner' ELSE 'member' END, now() - interval '2 days', n % 80
            FROM generate_series(2, 9000) n, generate_series(0, 9) k;
            INSERT INTO participants (room_id, user_id, role, joined_at, last_read_seq)
            SELECT pg_temp.id(2, n), pg_temp.id(1, n - 9000 + k), 'member', now() - interval '2 days', 0
            FROM generate_series(9001, 10000) n, generate_series(0, 1) k;

            CREATE TEMP TABLE posts AS
            SELECT n, 1 AS room, n AS seq, n % 100000 + 1 AS sender FROM generate_series(1, 200000) n
            UNION ALL
            SELECT 200000 + (room - 2) * 80 + seq, room, seq,
                   CASE WHEN room > 9000 THEN room - 9000 + seq % 2
                        WHEN seq % 10 = 0 AND room <= 1001 THEN 1 ELSE room * 10 + seq % 10 END
            FROM generate_series(2, 10000) room, generate_series(1, 80) seq;

            INSERT INTO messages (room_id, seq, id, sender_id, content, client_message_id, sent_hash, created_at)
            SELECT pg_temp.id(2, room), seq, pg_temp.id(3, n), pg_temp.id(1, sender),
                   'hello everybody, word' || n % 97 || ' and word' || n % 1009 || ' but seldom term' || n % 50021,
                   'c-' || n, pg_temp.id(4, n), now() - interval '1 day' + n * interval '1 millisecond'
            FROM posts;
            INSERT INTO events (room_id, seq, type, actor_id, message_id, created_at)
            SELECT pg_temp.id(2, room), seq, 'message.created', pg_temp.id(1, sender), pg_temp.id(3, n),
                   now() - interval '1 day' + n * interval '1 millisecond'
            FROM posts;
            """;

    private LargeData() {}

    /// Fills an empty database, and lets PostgreSQL look at it as it does by itself after a minute.
    public static void fill(PostgresServer server) {
        try (var connection = PlanLog.superuser(server, "parley_room");
                var statement = connection.createStatement()) {
            statement.execute(FILL);
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static UserId user(long number) {
        return new UserId(id(1, number));
    }

    public static RoomId room(long number) {
        return new RoomId(id(2, number));
    }

    /// @param number in room 1 the message's `seq`
    public static MessageId message(long number) {
        return new MessageId(id(3, number));
    }

    private static UUID id(int kind, long number) {
        return new UUID(0x7000, (0x8000L + kind) << 48 | number);
    }
}
