package dev.parley.room.search;

import dev.parley.model.id.RoomId;
import dev.parley.room.database.SqlArrays;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at the messages of some rooms one by one, from the newest on, and goes on where it stopped. What is found is
/// exact as soon as no room can have a newer hit any more. Good for words that many messages have: it costs as much as
/// there are messages between hits, whatever the number of hits.
///
/// Thread: one; it lives in one transaction.
final class Walk {

    /// Messages looked at in the first round; each next one has four times as many, up to [#MAX_OF_ROUND].
    private static final int FIRST_ROUND = 256;

    private static final int GROWTH = 4;

    /// Messages looked at in a round, except that each room has one at least.
    static final int MAX_OF_ROUND = 4_096;

    /// A room that has messages which were not looked at, as far as is known.
    /// @param below the last one that was looked at
    private record Place(RoomId room, UUID below) {}

    private static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::below, Hit.BY_ID.reversed());

    private final Wanted wanted;
    private final String sql;
    private final long most;
    private final long deadlineNanos;
    private List<Place> places;
    private List<Hit> hits = List.of();
    private long looked;
    private int roundSize = FIRST_ROUND;

    /// @param most messages looked at in all, about
    /// @param deadlineNanos by `System.nanoTime`; after it no round begins
    Walk(Wanted wanted, long most, long deadlineNanos) {
        this.wanted = wanted;
        this.most = most;
        this.deadlineNanos = deadlineNanos;
        this.places = wanted.rooms().stream()
                .map(room -> new Place(room, wanted.before()))
                .toList();
        this.sql = sql(wanted);
    }

    private static String sql(Wanted wanted) {
        return """
                SELECT place.n, looked.number, looked.lowest, looked.ids, looked.seqs
                FROM unnest(?::uuid[], ?::uuid[], %s) WITH ORDINALITY AS place (room_id, below, %s, n)
                CROSS JOIN LATERAL (
                    SELECT count(*) AS number, (array_agg(m.id))[count(*)::int] AS lowest,
                           (array_agg(m.id) FILTER (WHERE m.found))[:?::int] AS ids,
                           (array_agg(m.seq) FILTER (WHERE m.found))[:?::int] AS seqs
                    FROM (SELECT id, seq, words @> ARRAY[%s] AS found FROM messages
                          WHERE room_id = place.room_id AND id < place.below ORDER BY id DESC LIMIT ?) m) looked
                """.formatted(
                        wanted.eachWord("?::bigint[]", ", "),
                        wanted.eachWord("word%d", ", "),
                        wanted.eachWord("place.word%d", ", "));
    }

    /// Goes on.
    /// @param bound messages to look at, about, with those of earlier calls. It holds while hits are missing; once
    ///     there are as many as wanted, it is only to be seen which are the newest.
    /// @return the newest hits, all that are wanted or all that there are; empty when that is not known yet
    Optional<List<Hit>> run(Connection connection, long bound) throws SQLException {
        for (var next = next(); !next.isEmpty(); next = next()) {
            var isFull = hits.size() == wanted.limit();
            if (looked >= (isFull ? most : bound) || System.nanoTime() - deadlineNanos > 0) {
                return Optional.empty();
            }
            look(connection, next);
        }
        return Optional.of(hits);
    }

    /// The rooms that can still have a hit of the page. While the page is not full these are all, and those go first
    /// that are not as far back as the others.
    private List<Place> next() {
        if (hits.size() == wanted.limit()) {
            var last = hits.getLast().id();
            return places.stream()
                    .filter(place -> Hit.BY_ID.compare(place.below(), last) > 0)
                    .toList();
        }
        return looked == 0 ? places : places.subList(0, (places.size() + 1) / 2);
    }

    private void look(Connection connection, List<Place> next) throws SQLException {
        var ofEach = Math.max(1, roundSize / next.size());
        roundSize = Math.min(roundSize * GROWTH, MAX_OF_ROUND);
        var further = new ArrayList<Place>();
        var found = new ArrayList<>(hits);
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(
                    1, SqlArrays.uuids(connection, next, place -> place.room().value()));
            statement.setArray(2, SqlArrays.uuids(connection, next, Place::below));
            var parameter = wanted.setKeys(connection, statement, 3, next, Place::room);
            statement.setInt(parameter++, wanted.limit());
            statement.setInt(parameter++, wanted.limit());
            statement.setInt(parameter, ofEach);
            var rows = statement.executeQuery();
            while (rows.next()) {
                var room = next.get(rows.getInt(1) - 1).room();
                looked += rows.getInt(2);
                if (rows.getInt(2) == ofEach) {
                    further.add(new Place(room, rows.getObject(3, UUID.class)));
                }
                addHits(rows, room, found);
            }
        }
        var lookedAt = next.stream().map(Place::room).collect(Collectors.toSet());
        places = Stream.concat(places.stream().filter(place -> !lookedAt.contains(place.room())), further.stream())
                .sorted(NEWEST_FIRST)
                .toList();
        hits = found.stream().sorted(Hit.NEWEST_FIRST).limit(wanted.limit()).toList();
    }

    private static void addHits(ResultSet rows, RoomId room, List<Hit> found) throws SQLException {
        var ids = rows.getArray(4);
        if (ids != null) {
            var seqs = (Long[]) rows.getArray(5).getArray();
            var i = 0;
            for (var id : (UUID[]) ids.getArray()) {
                found.add(new Hit(room, seqs[i++], id));
            }
        }
    }
}
