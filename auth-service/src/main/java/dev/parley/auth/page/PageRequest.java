package dev.parley.auth.page;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `?limit=&cursor=`.
/// @param limit 1 to 100
/// @param cursor as a page before gave it
public record PageRequest(int limit, @Nullable String cursor) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /// @throws ProblemException `validation_failed` on `limit`
    public static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(limit == null ? DEFAULT_LIMIT : limit(limit), cursor);
    }

    /// The key to go on after; empty on the first page.
    /// @throws ProblemException `validation_failed` on `cursor` if no page can have given it
    public <T> Optional<T> after(Function<String, T> parser) {
        try {
            return Optional.ofNullable(cursor)
                    .map(text -> parser.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(FieldProblem.invalid("cursor", "must come from the page before"));
        }
    }

    private static int limit(String text) {
        try {
            var limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // answered below, as any other value that is out of range
        }
        throw ProblemException.invalid(FieldProblem.invalid("limit", "must be 1 to " + MAX_LIMIT));
    }
}
