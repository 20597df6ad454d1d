package dev.parley.kit.problem;

import dev.parley.model.problem.ProblemCode;
import java.util.List;

/// Thrown where a request turns out to be impossible; rendered once, at the edge.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final transient List<FieldProblem> errors;

    /// @param detail for people; reaches the client, so it never holds a secret or another's data
    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    private ProblemException(ProblemCode code, String detail, List<FieldProblem> errors) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    public static ProblemException of(ProblemCode code) {
        return new ProblemException(code, code.title());
    }

    /// `validation_failed` with the members at fault, at least one.
    public static ProblemException invalid(FieldProblem... errors) {
        return new ProblemException(
                ProblemCode.VALIDATION_FAILED, ProblemCode.VALIDATION_FAILED.title(), List.of(errors));
    }

    public ProblemCode code() {
        return code;
    }

    public List<FieldProblem> errors() {
        return errors;
    }
}
