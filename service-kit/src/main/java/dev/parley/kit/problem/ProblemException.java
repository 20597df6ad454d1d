package dev.parley.kit.problem;

import dev.parley.model.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Thrown where a request turns out to be impossible; rendered once, at the edge.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// How long a client waits before it tries again what was `unavailable`.
    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(2);

    private final ProblemCode code;
    private final transient List<FieldProblem> errors;
    private final @Nullable Duration retryAfter;

    /// @param detail for people; reaches the client, so it never holds a secret or another's data
    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of(), code == ProblemCode.UNAVAILABLE ? UNAVAILABLE_FOR : null);
    }

    private ProblemException(
            ProblemCode code, String detail, List<FieldProblem> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static ProblemException of(ProblemCode code) {
        return new ProblemException(code, code.title());
    }

    /// `validation_failed` with the members at fault, at least one.
    public static ProblemException invalid(FieldProblem... errors) {
        return new ProblemException(
                ProblemCode.VALIDATION_FAILED, ProblemCode.VALIDATION_FAILED.title(), List.of(errors), null);
    }

    /// `rate_limited`.
    /// @param retryAfter when the same request may succeed
    public static ProblemException rateLimited(Duration retryAfter) {
        return new ProblemException(ProblemCode.RATE_LIMITED, ProblemCode.RATE_LIMITED.title(), List.of(), retryAfter);
    }

    public ProblemCode code() {
        return code;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    /// What `Retry-After` says, in whole seconds, rounded up; empty when trying again will not help.
    public Optional<String> retryAfterSeconds() {
        return Optional.ofNullable(retryAfter)
                .map(duration ->
                        Long.toString(Math.max(1, duration.plusMillis(999).toSeconds())));
    }
}
