package dev.parley.kit.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gathers what is wrong with the members of a request, so that one answer names them all.
///
/// Thread: one.
public final class FieldChecks {

    private final List<FieldProblem> problems = new ArrayList<>();

    /// A member that must be there.
    /// @param rule why a value cannot be taken; empty if it can
    public FieldChecks required(String field, @Nullable String value, Function<String, Optional<String>> rule) {
        if (value == null) {
            problems.add(FieldProblem.required(field));
            return this;
        }
        return optional(field, value, rule);
    }

    /// A member that may be absent or null.
    /// @param rule why a value cannot be taken; empty if it can
    public FieldChecks optional(String field, @Nullable String value, Function<String, Optional<String>> rule) {
        Optional.ofNullable(value)
                .flatMap(rule)
                .ifPresent(message -> problems.add(FieldProblem.invalid(field, message)));
        return this;
    }

    /// @throws ProblemException `validation_failed` with every member at fault, in the order of the checks
    public void orThrow() {
        if (!problems.isEmpty()) {
            throw ProblemException.invalid(problems.toArray(FieldProblem[]::new));
        }
    }
}
