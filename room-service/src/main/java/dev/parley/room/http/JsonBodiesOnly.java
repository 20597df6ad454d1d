package dev.parley.room.http;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/// Refuses bodies that say they are something else than JSON. (Left to itself, JAX-RS makes a record of one string out
/// of plain text. As a `@Consumes` it would be refused before the caller is known, and 401 comes first.)
@Provider
final class JsonBodiesOnly implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        var hasBody = request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
        if (hasBody && !isJson(request.getMediaType())) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null
                && type.getType().equals("application")
                && type.getSubtype().equals("json");
    }
}
