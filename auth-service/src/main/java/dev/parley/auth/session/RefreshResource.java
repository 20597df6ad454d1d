package dev.parley.auth.session;

import dev.parley.auth.throttle.Throttle;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.SessionId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
    private final Throttle throttle;
    private final TokenTransport transport;
    private final CurrentIdentityAssociation identity;

    RefreshResource(
            RefreshSession refreshSession,
            EndSessions endSessions,
            Sessions sessions,
            Throttle throttle,
            TokenTransport transport,
            CurrentIdentityAssociation identity) {
        this.refreshSession = refreshSession;
        this.endSessions = endSessions;
        this.sessions = sessions;
        this.throttle = throttle;
        this.transport = transport;
        this.identity = identity;
    }

    @POST
    @Path("/refresh/")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "refresh", summary = "Continue a session; the refresh token is spent for its successor")
    @APIResponse(
            responseCode = "200",
            description = "New tokens; in a cookie if the spent one was",
            content = @Content(schema = @Schema(implementation = Tokens.class)),
            headers =
                    @Header(
                            name = "Set-Cookie",
                            description = TokenTransport.HEADER_DESCRIPTION,
                            schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`, `token_reused` (and the session has ended)")
    @APIResponse(responseCode = "403", description = "`forbidden`: a cookie from a page that is not listed")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Response refresh(
            @Nullable RefreshRequest body, @Context HttpServerRequest request, @Context HttpHeaders headers) {
        throttle.refreshFrom(request);
        var cookie = isGiven(body) ? Optional.<RefreshToken>empty() : transport.fromCookie(headers);
        var token = cookie.orElseGet(() -> given(body));
        sessions.sessionOf(token).ifPresent(session -> throttle.refresh(session.toString()));
        var tokens = refreshSession.with(token);
        var answer = Response.ok();
        return (cookie.isPresent() ? transport.addAsCookie(answer, tokens) : answer.entity(tokens)).build();
    }

    @POST
    @Path("/logout/")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "logout", summary = "End the session of the access token, or of the refresh token")
    @APIResponse(
            responseCode = "204",
            description = "The session has ended, now or before",
            headers =
                    @Header(
                            name = "Set-Cookie",
                            description = "Makes the browser forget its refresh token",
                            schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "403", description = "`forbidden`: a cookie from a page that is not listed")
    public Response logout(@Nullable RefreshRequest body, @Context HttpHeaders headers) {
        if (isGiven(body)) {
            return end(sessionOf(given(body), bearerIfGood()));
        }
        return bearer().map(caller -> end(caller.sessionId())).orElseGet(() -> {
            var cookie =
                    transport.fromCookie(headers).orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED));
            return end(sessionOf(cookie, Optional.empty()));
        });
    }

    /// Logout with nothing but an access token: clients then send no media type, or any.
    @POST
    @Path("/logout/")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public Response logoutWithoutBody(byte[] body) {
        if (body.length > 0) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        return end(bearer().orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED))
                .sessionId());
    }

    private static boolean isGiven(@Nullable RefreshRequest body) {
        return body != null && body.refreshToken() != null;
    }

    private static RefreshToken given(@Nullable RefreshRequest body) {
        if (body == null) {
            throw ProblemException.of(ProblemCode.MALFORMED);
        }
        return body.token();
    }

    private Response end(SessionId session) {
        endSessions.end(session);
        return Response.noContent().cookie(transport.forgotten()).build();
    }

    /// The session of a refresh token, which must be the access token's too if there is one.
    private SessionId sessionOf(RefreshToken token, Optional<Caller> bearer) {
        return sessions.sessionOf(token)
                .filter(found -> bearer.isEmpty() || bearer.get().sessionId().equals(found))
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED));
    }

    /// Beside a refresh token: whoever logs out late has an access token that has expired.
    private Optional<Caller> bearerIfGood() {
        try {
            return bearer();
        } catch (AuthenticationFailedException e) {
            return Optional.empty();
        }
    }

    /// A token that is there must be good; its session may have ended.
    private Optional<Caller> bearer() {
        return identity.getIdentity().getPrincipal() instanceof JsonWebToken token
                ? Optional.of(Caller.of(token))
                : Optional.empty();
    }
}
