package dev.parley.gateway.frame;

import dev.parley.model.problem.ProblemCode;
import java.util.Optional;

/// Thrown for a frame that cannot be acted upon. The connection lives.
public final class FrameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<String> id;
    private final ProblemCode code;

    /// @param detail for the client to read; never what another library said
    public FrameException(Optional<String> id, ProblemCode code, String detail) {
        super(detail, null, false, false);
        this.id = id;
        this.code = code;
    }

    /// The frame's own id, when that much could be read.
    public Optional<String> id() {
        return id;
    }

    public ProblemCode code() {
        return code;
    }
}
