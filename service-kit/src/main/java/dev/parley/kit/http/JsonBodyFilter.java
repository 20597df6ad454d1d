package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/// Refuses a body that is not said to be JSON (415), once the caller is known: a 401 goes first, which a `@Consumes`
/// would
/// turn round. ([RequestHeaders] has put the type into one form. Left to itself, JAX-RS makes a record of one string
/// out
/// of plain text.)
@Provider
@Priority(Priorities.AUTHORIZATION)
public final class JsonBodyFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        var hasBody = request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
        if (hasBody && !MediaType.APPLICATION_JSON_TYPE.equals(request.getMediaType())) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }
}
