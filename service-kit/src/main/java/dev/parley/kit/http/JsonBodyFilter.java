package dev.parley.kit.http;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/// Refuses what is not JSON, after authentication and its filters.
@JsonBody
@Provider
@Priority(Priorities.AUTHORIZATION)
public final class JsonBodyFilter implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        var type = request.getMediaType();
        if (type == null ? request.hasEntity() : !isJson(type)) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
    }

    private static boolean isJson(MediaType type) {
        return MediaType.APPLICATION_JSON_TYPE.isCompatible(type) && !type.isWildcardType();
    }
}
