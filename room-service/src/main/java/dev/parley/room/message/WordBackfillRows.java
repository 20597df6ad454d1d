package dev.parley.room.message;

import dev.parley.model.id.RoomId;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.words.WordKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table `word_backfill`, and the messages that it goes through in the order of their primary key.
@ApplicationScoped
class WordBackfillRows {

    // A row that another replica holds is that one's turn.
    private static final String TAKE = """
            SELECT room_id, seq, due_at <= clock_timestamp() FROM word_backfill
            WHERE done_at IS NULL FOR UPDATE SKIP LOCKED
            """;

    private static final String IS_DONE = "SELECT done_at IS NOT NULL FROM word_backfill";

    private static final String NEXT = """
            SELECT room_id, seq, CASE WHEN words = '{}' AND deleted_at IS NULL THEN content END, edited_at::text
            FROM messages WHERE (room_id, seq) > (?, ?) ORDER BY room_id, seq LIMIT ?
            """;

    // A message that was edited or deleted since it was read has the words of its present content.
    private static final String STORE = """
            UPDATE messages m SET words = w.words::bigint[]
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[]) AS w (room_id, seq, words, edited_at)
            WHERE m.room_id = w.room_id AND m.seq = w.seq AND m.words = '{}' AND m.deleted_at IS NULL
              AND m.edited_at IS NOT DISTINCT FROM w.edited_at::timestamptz
            """;

    private static final String MOVE_ON = """
            UPDATE word_backfill SET room_id = ?, seq = ?, due_at = clock_timestamp() + ? * interval '1 ms'
            """;

    private static final String FINISH = "UPDATE word_backfill SET done_at = clock_timestamp()";

    /// @param content null if it has its words
    private record Row(
            RoomId room,
            long seq,
            @Nullable String content,
            @Nullable String editedAt) {}

    private final Database database;
    private final WordBackfillConfig config;

    WordBackfillRows(Database database, WordBackfillConfig config) {
        this.database = database;
        this.config = config;
    }

    /// Makes the words of the next messages, unless it is not time yet or another replica does.
    /// @return whether all is done
    boolean advance() {
        return database.inTransaction(connection -> {
            try (var statement = connection.prepareStatement(TAKE)) {
                var rows = statement.executeQuery();
                if (!rows.next()) {
                    return isDone(connection);
                }
                return rows.getBoolean(3) && advance(connection, rows.getObject(1, UUID.class), rows.getLong(2));
            }
        });
    }

    private static boolean isDone(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(IS_DONE)) {
            var rows = statement.executeQuery();
            return rows.next() && rows.getBoolean(1);
        }
    }

    private boolean advance(Connection connection, UUID room, long seq) throws SQLException {
        var batch = next(connection, room, seq);
        if (batch.isEmpty()) {
            try (var statement = connection.prepareStatement(FINISH)) {
                statement.executeUpdate();
            }
            return true;
        }
        var without = batch.stream().filter(row -> row.content() != null).toList();
        if (!without.isEmpty()) {
            store(connection, without);
        }
        try (var statement = connection.prepareStatement(MOVE_ON)) {
            statement.setObject(1, batch.getLast().room().value());
            statement.setLong(2, batch.getLast().seq());
            statement.setLong(3, config.interval().toMillis());
            statement.executeUpdate();
        }
        return false;
    }

    private List<Row> next(Connection connection, UUID room, long seq) throws SQLException {
        try (var statement = connection.prepareStatement(NEXT)) {
            statement.setObject(1, room);
            statement.setLong(2, seq);
            statement.setInt(3, config.batch());
            var batch = new ArrayList<Row>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                batch.add(new Row(
                        new RoomId(rows.getObject(1, UUID.class)),
                        rows.getLong(2),
                        rows.getString(3),
                        rows.getString(4)));
            }
            return batch;
        }
    }

    private static void store(Connection connection, List<Row> rows) throws SQLException {
        try (var statement = connection.prepareStatement(STORE)) {
            statement.setArray(
                    1, SqlArrays.uuids(connection, rows, row -> row.room().value()));
            statement.setArray(2, SqlArrays.longs(connection, rows, Row::seq));
            statement.setArray(
                    3,
                    SqlArrays.texts(
                            connection,
                            rows,
                            row -> WordKeys.ofMessage(row.room(), row.content() == null ? "" : row.content())));
            statement.setArray(4, SqlArrays.texts(connection, rows, Row::editedAt));
            statement.executeUpdate();
        }
    }
}
