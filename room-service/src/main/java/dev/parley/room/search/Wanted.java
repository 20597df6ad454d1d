package dev.parley.room.search;

import dev.parley.model.id.RoomId;
import dev.parley.room.database.SqlArrays;
import dev.parley.room.words.WordKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A page of hits that is looked for.
/// @param rooms one at least
/// @param words one at least, all of which a message must have
/// @param before exclusive
/// @param limit hits at most
record Wanted(List<RoomId> rooms, List<String> words, UUID before, int limit) {

    /// Repeats a piece of SQL for each word, with `%d` for its number.
    String eachWord(String sql, String delimiter) {
        return IntStream.range(0, words.size()).mapToObj(sql::formatted).collect(Collectors.joining(delimiter));
    }

    /// Sets an array for each word: its keys in each row's room.
    /// @return the next parameter
    <R> int setKeys(
            Connection connection, PreparedStatement statement, int first, Collection<R> rows, Function<R, RoomId> room)
            throws SQLException {
        var parameter = first;
        for (var word : words) {
            statement.setArray(
                    parameter++, SqlArrays.longs(connection, rows, row -> WordKeys.of(room.apply(row), word)));
        }
        return parameter;
    }
}
