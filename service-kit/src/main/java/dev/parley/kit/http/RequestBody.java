package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/// The body of a request, as JAX-RS hands it over: null when it was empty or the JSON `null`.
public final class RequestBody {

    private RequestBody() {}

    /// @throws ProblemException `malformed` if there is none
    public static <T> T present(@Nullable T body) {
        if (body == null) {
            throw new ProblemException(ProblemCode.MALFORMED, "The body is not one JSON object of the expected form");
        }
        return body;
    }
}
