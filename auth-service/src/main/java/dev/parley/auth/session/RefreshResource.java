package dev.parley.auth.session;

import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What a refresh token is for: `/auth/refresh/` and, if one has no access token any more, `/auth/logout/`.
@Path("/auth")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RefreshResource {

    private final RefreshSession refreshSession;
    private final EndSessions endSessions;
    private final Sessions sessions;
    private final CurrentIdentityAssociation identity;

    RefreshResource(
            RefreshSession refreshSession,
            EndSessions endSessions,
            Sessions sessions,
            CurrentIdentityAssociation identity) {
        this.refreshSession = refreshSession;
        this.endSessions = endSessions;
        this.sessions = sessions;
        this.identity = identity;
    }

    @POST
    @Path("/refresh/")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "refresh", summary = "Continue a session; the refresh token is spent for its successor")
    @APIResponse(responseCode = "200", description = "New tokens")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`, `token_reused` (and the session has ended)")
    public Tokens refresh(@Nullable RefreshRequest body) {
        if (body == null) {
            throw ProblemException.of(ProblemCode.MALFORMED);
        }
        return refreshSession.with(body.token());
    }

    @POST
    @Path("/logout/")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "logout", summary = "End the session of the access token, or of the refresh token")
    @APIResponse(responseCode = "204", description = "The session has ended, now or before")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    public void logout(@Nullable RefreshRequest body) {
        var bearer = bearer();
        if (bearer.isPresent() && (body == null || body.refreshToken() == null)) {
            endSessions.end(bearer.get().sessionId());
            return;
        }
        if (body == null) {
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED);
        }
        var session = sessions.sessionOf(body.token())
                .filter(found -> bearer.isEmpty() || bearer.get().sessionId().equals(found))
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED));
        endSessions.end(session);
    }

    /// Logout with nothing but an access token: clients then send no media type, or any.
    @POST
    @Path("/logout/")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public void logoutWithoutBody(byte[] body) {
        if (body.length > 0) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        logout(null);
    }

    /// A token that is there must be good; its session may have ended.
    private Optional<Caller> bearer() {
        return identity.getIdentity().getPrincipal() instanceof JsonWebToken token
                ? Optional.of(Caller.of(token))
                : Optional.empty();
    }
}
