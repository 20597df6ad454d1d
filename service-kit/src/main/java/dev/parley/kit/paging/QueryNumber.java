package dev.parley.kit.paging;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads whole numbers from the query. (As a parameter's Java type JAX-RS would answer a misshapen one with 404.)
public final class QueryNumber {

    /// The limit of a list when none is given.
    public static final int DEFAULT_LIMIT = 50;

    /// The highest limit of a list.
    public static final int MAX_LIMIT = 100;

    private QueryNumber() {}

    /// `limit` of a list: 1..100, 50 when absent.
    /// @throws ProblemException `validation_failed` if it is anything else
    public static int limit(@Nullable String text) {
        return limit(text, DEFAULT_LIMIT, MAX_LIMIT);
    }

    /// `limit` with other bounds, inclusive.
    /// @throws ProblemException `validation_failed` if it is outside them
    public static int limit(@Nullable String text, int absent, int max) {
        return number("limit", text, 1, max).map(Math::toIntExact).orElse(absent);
    }

    /// A `seq` that need not exist: 0 and up.
    /// @throws ProblemException `validation_failed` if it is anything else
    public static Optional<Long> seq(String name, @Nullable String text) {
        return number(name, text, 0, Long.MAX_VALUE);
    }

    private static Optional<Long> number(String name, @Nullable String text, long min, long max) {
        if (text == null) {
            return Optional.empty();
        }
        // No sign, no spaces, ASCII digits only: one spelling for one number.
        if (text.matches("[0-9]{1,18}")) {
            var value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return Optional.of(value);
            }
        }
        throw ProblemException.invalid(FieldProblem.invalid(
                name,
                max == Long.MAX_VALUE ? "must be a whole number" : "must be a whole number, " + min + " to " + max));
    }
}
