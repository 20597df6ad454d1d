package dev.parley.room.testing;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.words.WordKeys;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// A million messages in 10,000 rooms, one of which has 100,000 participants and a fifth of the messages. Filled with
/// SQL past triggers and foreign keys, so that it takes seconds; what they would demand holds all the same.
///
/// Every message can be found by three words: all have `hello`, `word5` is in about ten thousand, `term5` in twenty.
/// The 90,000 oldest of the large room have `once` too.
///
/// Ids count from 1. The reader, user 1, is in rooms 1 to 1,001 and 9,001, where room 1 is the large one and 9,001
/// his private one with user 2. Rooms from 9,001 on are private.
public final class LargeData {

    public static final UserRef READER = UserRef.present(user(1), "user1", "User 1");
    public static final RoomId LARGE = room(1);
    public static final RoomId SMALL = room(2);

    private static final int LARGE_MESSAGES = 200_000;
    private static final int OLDEST = 90_000;
    private static final int ROOMS = 10_000;
    private static final int MESSAGES_OF_A_ROOM = 80;

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

            DROP INDEX messages_by_word;
            CREATE TEMP TABLE posts (n bigint, room int, seq bigint, sender int, words bigint[]);
            """;

    private static final String FILL_POSTS = """
            INSERT INTO messages (room_id, seq, id, sender_id, content, client_message_id, sent_hash, created_at,
                    words)
            SELECT pg_temp.id(2, room), seq, pg_temp.id(3, n), pg_temp.id(1, sender),
                   'hello everybody, word' || n % 97 || ' and word' || n % 1009 || ' but seldom term' || n % 50021,
                   'c-' || n, pg_temp.id(4, n), now() - interval '1 day' + n * interval '1 millisecond',
                   words
            FROM posts;
            INSERT INTO events (room_id, seq, type, actor_id, message_id, created_at)
            SELECT pg_temp.id(2, room), seq, 'message.created', pg_temp.id(1, sender), pg_temp.id(3, n),
                   now() - interval '1 day' + n * interval '1 millisecond'
            FROM posts;
            """;

    private static final String INDEX_OF_WORDS = "SELECT indexdef FROM pg_indexes WHERE indexname = 'messages_by_word'";

    private LargeData() {}

    /// Fills an empty database, and lets PostgreSQL look at it as it does by itself after a minute.
    public static void fill(PostgresServer server) {
        try (var connection = PlanLog.superuser(server, "parley_room");
                var statement = connection.createStatement()) {
            // An index of words is made faster at once than row by row.
            var index = statement.executeQuery(INDEX_OF_WORDS);
            index.next();
            var indexOfWords = index.getString(1);
            statement.execute(FILL);
            copyPosts(connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY posts FROM STDIN"));
            statement.execute(FILL_POSTS);
            statement.execute("SET maintenance_work_mem = '256MB'");
            statement.execute(indexOfWords);
            statement.execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copyPosts(CopyIn copy) throws SQLException {
        for (int n = 1; n <= LARGE_MESSAGES; n++) {
            copy(copy, n, 1, n, n % 100_000 + 1);
        }
        for (int number = 2; number <= ROOMS; number++) {
            for (int seq = 1; seq <= MESSAGES_OF_A_ROOM; seq++) {
                var n = LARGE_MESSAGES + (number - 2) * MESSAGES_OF_A_ROOM + seq;
                var reader = seq % 10 == 0 && number <= 1001;
                var sender = number > 9_000 ? number - 9_000 + seq % 2 : reader ? 1 : number * 10 + seq % 10;
                copy(copy, n, number, seq, sender);
            }
        }
        copy.endCopy();
    }

    private static void copy(CopyIn copy, int n, int room, int seq, int sender) throws SQLException {
        var text = "hello word" + n % 97 + " term" + n % 50_021 + (n <= OLDEST ? " once" : "");
        var line = n + "\t" + room + "\t" + seq + "\t" + sender + "\t" + WordKeys.ofMessage(room(room), text) + "\n";
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
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
