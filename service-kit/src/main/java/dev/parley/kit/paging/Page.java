package dev.parley.kit.paging;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list.
/// @param nextCursor asks for what follows; null on the last page
@JsonPropertyOrder({"items", "next_cursor"})
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// Makes a page of rows that were read with one more than the limit.
    /// @param rows at most `limit` + 1; the one too many only tells that there is more
    /// @param cursor the place of the last row shown
    /// @param view turns the rows shown into items, all at once
    public static <R, T> Page<T> of(List<R> rows, int limit, Function<R, ?> cursor, Function<List<R>, List<T>> view) {
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        return new Page<>(
                view.apply(shown), rows.size() > limit ? String.valueOf(cursor.apply(shown.getLast())) : null);
    }

    /// A list that is always whole.
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
