package dev.parley.room.message;

import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/// Which stretch of a history is asked for.
sealed interface HistoryPlace {

    record Newest() implements HistoryPlace {}

    /// @param seq exclusive
    record Before(long seq) implements HistoryPlace {}

    /// @param seq exclusive
    record After(long seq) implements HistoryPlace {}

    /// @param seq inclusive; the stretch has as much on either side as there is room for
    record Around(long seq) implements HistoryPlace {}

    /// @throws ProblemException `validation_failed` if more than one is given or one is no number
    static HistoryPlace parse(@Nullable String before, @Nullable String after, @Nullable String around) {
        var beforeSeq = QueryNumber.seq("before_seq", before);
        var afterSeq = QueryNumber.seq("after_seq", after);
        var aroundSeq = QueryNumber.seq("around_seq", around);
        var place = beforeSeq
                .<HistoryPlace>map(Before::new)
                .or(() -> afterSeq.map(After::new))
                .or(() -> aroundSeq.map(Around::new));
        if ((before == null ? 0 : 1) + (after == null ? 0 : 1) + (around == null ? 0 : 1) > 1) {
            var field = before != null && after != null ? "after_seq" : "around_seq";
            throw ProblemException.invalid(
                    FieldProblem.invalid(field, "must not be given with another place in the history"));
        }
        return place.orElseGet(Newest::new);
    }
}
