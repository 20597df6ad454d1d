package dev.parley.room.search;

import dev.parley.kit.paging.Page;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.database.Database;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.message.History;
import dev.parley.room.message.MessagePlace;
import dev.parley.room.message.MessageView;
import dev.parley.room.participant.Standings;
import dev.parley.room.words.WordKeys;
import dev.parley.room.words.Words;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds messages that have all words of a query. The query is never a language: it is taken apart as messages are,
/// and looked up as numbers. A time-out bounds the work of one search, [SearchConfig] that of all.
@ApplicationScoped
class SearchMessages {

    /// Words of a query that count; 100 characters can have no more than 50.
    private static final int MAX_WORDS = 16;

    /// Rooms that are searched at one time, those of latest activity.
    private static final int MAX_ROOMS = 10_000;

    private static final String OWN_ROOMS = """
            SELECT p.room_id FROM participants p JOIN rooms r ON r.id = p.room_id
            WHERE p.user_id = ? AND r.deleted_at IS NULL
            ORDER BY r.last_activity_at DESC LIMIT ?
            """;

    private static final String HAS_WORD = "m.words && ?";

    // Materialized, so that nothing but the words decides which index is read.
    private static final String FOUND =
            "WITH found AS MATERIALIZED (SELECT m.room_id, m.seq, m.created_at FROM messages m WHERE ";

    // The rooms are asked for as well: two rooms' words may share a number.
    private static final String PAGE = """
            ) SELECT room_id, seq, created_at FROM found
            WHERE room_id = ANY (?) AND (created_at, room_id, seq) < (?, ?, ?)
            ORDER BY created_at DESC, room_id DESC, seq DESC LIMIT ?
            """;

    // A word that is in very many messages is not worth a connection for as long as a transaction may last.
    private static final String BOUND = "SET LOCAL statement_timeout = '2s'";

    /// How long a search waits for one of the places of [SearchConfig#atOnce].
    private static final long PATIENCE_MILLIS = 500;

    private static final SearchCursor NEWEST = new SearchCursor(
            OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC).toInstant(),
            new MessagePlace(new RoomId(new UUID(-1, -1)), Long.MAX_VALUE));

    private final Database database;
    private final Standings standings;
    private final History history;
    private final Semaphore places;

    SearchMessages(Database database, Standings standings, History history, SearchConfig config) {
        this.database = database;
        this.standings = standings;
        this.history = history;
        this.places = new Semaphore(config.atOnce(), true);
    }

    /// @param query valid
    /// @param room the only one to be searched; null for all of the reader's
    /// @param after exclusive; null for the first page
    /// @return the newest first
    /// @throws ProblemException `room_not_found` if the reader is not in `room`; `unavailable` when too many search
    Page<MessageView> find(
            UserId reader, String query, @Nullable RoomId room, @Nullable SearchCursor after, int limit) {
        var rooms = room == null
                ? ownRooms(reader)
                : List.of(standings.require(room, reader).roomId());
        var words = Words.wanted(query).stream().limit(MAX_WORDS).toList();
        List<SearchCursor> found = words.isEmpty() || rooms.isEmpty()
                ? List.of()
                : inPlace(() -> find(rooms, words, after == null ? NEWEST : after, limit + 1));
        return Page.of(found, limit, place -> place, shown -> views(reader, shown));
    }

    /// Searches must not take the connections that writers need: a few at a time, and others are told to come back.
    private <T> T inPlace(Supplier<T> search) {
        try {
            if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new ProblemException(ProblemCode.UNAVAILABLE, "Too many searches at the moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemCode.UNAVAILABLE);
        }
        try {
            return search.get();
        } finally {
            places.release();
        }
    }

    private List<MessageView> views(UserId reader, List<SearchCursor> found) {
        var places = found.stream().map(SearchCursor::place).toList();
        var rooms = places.stream().map(MessagePlace::room).collect(Collectors.toSet());
        return history.at(reader, places, standings.of(reader, rooms));
    }

    private List<RoomId> ownRooms(UserId reader) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(OWN_ROOMS)) {
                statement.setObject(1, reader.value());
                statement.setInt(2, MAX_ROOMS);
                var rooms = new ArrayList<RoomId>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    rooms.add(new RoomId(rows.getObject(1, UUID.class)));
                }
                return rooms;
            }
        });
    }

    private List<SearchCursor> find(List<RoomId> rooms, List<String> words, SearchCursor after, int limit) {
        var sql = FOUND + words.stream().map(_ -> HAS_WORD).collect(Collectors.joining(" AND ")) + PAGE;
        return database.inTransaction(connection -> {
            try (var setting = connection.createStatement()) {
                setting.execute(BOUND);
            }
            return run(connection, sql, rooms, words, after, limit);
        });
    }

    private static List<SearchCursor> run(
            Connection connection, String sql, List<RoomId> rooms, List<String> words, SearchCursor after, int limit)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            var parameter = 1;
            for (var word : words) {
                statement.setArray(parameter++, SqlArrays.longs(connection, rooms, room -> WordKeys.of(room, word)));
            }
            statement.setArray(parameter++, SqlArrays.uuids(connection, rooms, RoomId::value));
            statement.setObject(parameter++, after.at().atOffset(ZoneOffset.UTC));
            statement.setObject(parameter++, after.place().room().value());
            statement.setLong(parameter++, after.place().seq());
            statement.setInt(parameter, limit);
            var found = new ArrayList<SearchCursor>();
            var rows = statement.executeQuery();
            while (rows.next()) {
                found.add(new SearchCursor(
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        new MessagePlace(new RoomId(rows.getObject(1, UUID.class)), rows.getLong(2))));
            }
            return found;
        }
    }
}
