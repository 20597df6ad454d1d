package dev.parley.auth.page;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a list.
/// @param nextCursor opaque to clients; null on the last page
@JsonPropertyOrder({"items", "next_cursor"})
public record Page<T>(List<T> items, @Nullable String nextCursor) {

    /// @param found up to one more than the limit, which tells that there is a next page
    /// @param key what the next page starts after
    public static <S, T> Page<T> of(List<S> found, PageRequest request, Function<S, String> key, Function<S, T> view) {
        var hasNext = found.size() > request.limit();
        var shown = hasNext ? found.subList(0, request.limit()) : found;
        var cursor = hasNext ? encode(key.apply(shown.getLast())) : null;
        return new Page<>(shown.stream().map(view).toList(), cursor);
    }

    /// A list that is always whole.
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
