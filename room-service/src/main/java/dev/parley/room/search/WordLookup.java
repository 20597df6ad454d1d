package dev.parley.room.search;

import dev.parley.model.id.RoomId;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds the newest messages that have some words, in two ways: by looking at the newest messages ([Walk]), cheap when
/// many have the words, and by asking the index, cheap when few have them. How many have them is not known before, so
/// each is tried a bounded way, twice the walk. What none of these finds, because it was frequent once and long ago, is
/// sorted whole. All ways find the same. Decision 5 tells why.
@ApplicationScoped
class WordLookup {

    /// How far each way is tried.
    /// @param near messages that the first walk looks at; beside them each room has one
    /// @param far messages that the second walk looks at, with those of the first
    /// @param sorted hits of the index that are sorted
    record Bounds(long near, long far, long sorted) {

        /// The first walk finds a word of one message in twenty or less far between; one of less is in no more than
        /// 5,000 of the newest 100,000 messages.
        static final Bounds PRODUCTION = new Bounds(1_000, 100_000, 5_000);
    }

    private static final long ALL = Long.MAX_VALUE;

    /// All of it. A word that would take longer is not worth a connection for as long as a transaction may last.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PATIENCE_OF_WALKS = Duration.ofSeconds(1);

    /// Rooms whose words are looked up together. The index compares each hit with the key of each room; a scan has
    /// to begin for each such slice.
    private static final int SLICE = 64;

    /// The hits and, in the last column of each row, of which there is one at least, how many there were before the
    /// cursor was asked for.
    private static final String PAGE = """
            SELECT page.room_id, page.seq, page.id, (SELECT count(*) FROM found)
            FROM (SELECT 1) one
            LEFT JOIN (SELECT * FROM found WHERE id < ? ORDER BY id DESC LIMIT ?) page ON true
            ORDER BY page.id DESC
            """;

    private final Database database;
    private final Bounds bounds;

    @Inject
    WordLookup(Database database) {
        this(database, Bounds.PRODUCTION);
    }

    /// For tests: with data of a size that a test can have, each way has to be taken too.
    WordLookup(Database database, Bounds bounds) {
        this.database = database;
        this.bounds = bounds;
    }

    /// @return the newest first
    /// @throws dev.parley.room.database.DatabaseException if it takes too long
    List<Hit> newest(Wanted wanted) {
        var begun = System.nanoTime();
        var ofEach = wanted.rooms().size();
        var walk = new Walk(wanted, bounds.far() + ofEach, begun + PATIENCE_OF_WALKS.toNanos());
        return database.inTransaction(connection -> {
            bound(connection, begun);
            var page = walk.run(connection, bounds.near() + ofEach);
            if (page.isEmpty()) {
                bound(connection, begun);
                page = sorted(connection, wanted, bounds.sorted());
            }
            if (page.isEmpty()) {
                bound(connection, begun);
                page = walk.run(connection, bounds.far() + ofEach);
            }
            if (page.isEmpty()) {
                bound(connection, begun);
                page = sorted(connection, wanted, ALL);
            }
            return page.orElseThrow();
        });
    }

    /// Each step gets what is left: beyond a transaction's own time PostgreSQL would end the connection.
    private static void bound(Connection connection, long begun) throws SQLException {
        var millis = Math.max(
                1,
                PATIENCE.toMillis()
                        - Duration.ofNanos(System.nanoTime() - begun).toMillis());
        try (var setting = connection.createStatement()) {
            setting.execute("SET LOCAL statement_timeout = " + millis);
        }
    }

    /// Asks the index.
    /// @param most how many hits are sorted
    /// @return empty when there are more
    private static Optional<List<Hit>> sorted(Connection connection, Wanted wanted, long most) throws SQLException {
        try (var statement = connection.prepareStatement(sql(wanted))) {
            setParameters(connection, statement, wanted, most);
            var hits = new ArrayList<Hit>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                if (rows.getLong(4) > most) {
                    return Optional.empty();
                }
                var id = rows.getObject(3, UUID.class);
                if (id != null) {
                    hits.add(new Hit(new RoomId(rows.getObject(1, UUID.class)), rows.getLong(2), id));
                }
            }
            return Optional.of(List.copyOf(hits));
        }
    }

    /// What stands before `OFFSET 0` decides alone which index is read. The rooms are asked for as well: two rooms'
    /// words may share a number.
    private static String sql(Wanted wanted) {
        return """
                WITH slices AS (
                    SELECT array_agg(room_id) AS rooms, %s
                    FROM unnest(?::uuid[], %s) WITH ORDINALITY AS wanted (room_id, %s, n) GROUP BY (n - 1) / %d),
                found AS MATERIALIZED (
                    SELECT m.room_id, m.seq, m.id FROM slices CROSS JOIN LATERAL (
                        SELECT room_id, seq, id FROM messages WHERE %s OFFSET 0) m
                    WHERE m.room_id = ANY (slices.rooms) LIMIT ?)
                """.formatted(
                                wanted.eachWord("array_agg(word%1$d) AS word%1$d", ", "),
                                wanted.eachWord("?::bigint[]", ", "),
                                wanted.eachWord("word%d", ", "),
                                SLICE,
                                wanted.eachWord("words && slices.word%d", " AND "))
                + PAGE;
    }

    private static void setParameters(Connection connection, PreparedStatement statement, Wanted wanted, long most)
            throws SQLException {
        statement.setArray(1, SqlArrays.uuids(connection, wanted.rooms(), RoomId::value));
        var parameter = wanted.setKeys(connection, statement, 2, wanted.rooms(), room -> room);
        statement.setLong(parameter++, most == ALL ? ALL : most + 1);
        statement.setObject(parameter++, wanted.before());
        statement.setInt(parameter, wanted.limit());
    }
}
