package dev.parley.room.search;

import dev.parley.kit.paging.Page;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.database.Database;
import dev.parley.room.message.History;
import dev.parley.room.message.MessagePlace;
import dev.parley.room.message.MessageView;
import dev.parley.room.participant.Standings;
import dev.parley.room.words.Words;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds messages that have all words of a query. The query is never a language: it is taken apart as messages are,
/// and looked up as numbers. [WordLookup] bounds the work of one search, [SearchConfig] that of all.
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

    /// How long a search waits for one of the places of [SearchConfig#atOnce].
    private static final long PATIENCE_MILLIS = 500;

    private final Database database;
    private final Standings standings;
    private final History history;
    private final WordLookup lookup;
    private final Semaphore places;

    SearchMessages(Database database, Standings standings, History history, WordLookup lookup, SearchConfig config) {
        this.database = database;
        this.lookup = lookup;
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
        var before = (after == null ? SearchCursor.NEWEST : after).before();
        List<Hit> found = words.isEmpty() || rooms.isEmpty()
                ? List.of()
                : inPlace(() -> lookup.newest(new Wanted(rooms, words, before, limit + 1)));
        return Page.of(found, limit, Hit::cursor, shown -> views(reader, shown));
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

    private List<MessageView> views(UserId reader, List<Hit> found) {
        var places = found.stream().map(Hit::place).toList();
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
}
