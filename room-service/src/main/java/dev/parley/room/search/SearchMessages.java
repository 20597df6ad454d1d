package dev.parley.room.search;

import dev.parley.kit.paging.Page;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds messages that have all words of a query. The query is never a language: it is taken apart as messages are,
/// and looked up as numbers. The statement's time-out bounds the work.
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

    // The planner takes an array of many keys for most of the table.
    private static final String BY_INDEX = "SET LOCAL enable_seqscan = off";

    private static final SearchCursor NEWEST = new SearchCursor(
            OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC).toInstant(),
            new MessagePlace(new RoomId(new UUID(-1, -1)), Long.MAX_VALUE));

    private final Database database;
    private final Standings standings;
    private final History history;

    SearchMessages(Database database, Standings standings, History history) {
        this.database = database;
        this.standings = standings;
        this.history = history;
    }

    /// @param query valid
    /// @param room the only one to be searched; null for all of the reader's
    /// @param after exclusive; null for the first page
    /// @return the newest first
    /// @throws dev.parley.kit.problem.ProblemException `room_not_found` if the reader is not in `room`
    Page<MessageView> find(
            UserId reader, String query, @Nullable RoomId room, @Nullable SearchCursor after, int limit) {
        var rooms = room == null
                ? ownRooms(reader)
                : List.of(standings.require(room, reader).roomId());
        var words = Words.wanted(query).stream().limit(MAX_WORDS).toList();
        List<SearchCursor> found = words.isEmpty() || rooms.isEmpty()
                ? List.of()
                : find(rooms, words, after == null ? NEWEST : after, limit + 1);
        return Page.of(found, limit, place -> place, shown -> views(reader, shown));
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
                setting.execute(BY_INDEX);
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
