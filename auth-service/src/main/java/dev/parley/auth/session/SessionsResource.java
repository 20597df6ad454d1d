package dev.parley.auth.session;

import dev.parley.auth.account.User;
import dev.parley.kit.paging.Cursor;
import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.SessionId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// One's own sessions: `/auth/session/` and `/auth/sessions/`.
@Path("/auth")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@LiveSession
@RunOnVirtualThread
class SessionsResource {

    private final CurrentSession current;
    private final Sessions sessions;
    private final EndSessions endSessions;
    private final InstantSource clock;

    SessionsResource(CurrentSession current, Sessions sessions, EndSessions endSessions, InstantSource clock) {
        this.current = current;
        this.sessions = sessions;
        this.endSessions = endSessions;
        this.clock = clock;
    }

    @GET
    @Path("/session/")
    @Operation(operationId = "getSession", summary = "Who the access token belongs to, and its session")
    @APIResponse(responseCode = "200", description = "User and session")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    public SessionView.WithUser get() {
        var session = current.session();
        return new SessionView.WithUser(User.of(current.account()), SessionView.of(session, session.id()));
    }

    @GET
    @Path("/sessions/")
    @Operation(operationId = "listSessions", summary = "One's own live sessions, newest first")
    @APIResponse(responseCode = "200", description = "A page of sessions")
    @APIResponse(responseCode = "400", description = "`validation_failed` on `limit` or `cursor`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    public Page<SessionView> list(
            @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
        var rows = QueryNumber.limit(limit);
        var before = cursor == null ? null : Cursor.parseKey(cursor, SessionId::fromString);
        var found = sessions.findLive(current.caller().userId(), clock.instant(), before, rows + 1);
        return Page.of(found, rows, last -> Cursor.ofKey(last.id().toString()), this::views);
    }

    @DELETE
    @Path("/sessions/{id}/")
    @Operation(operationId = "endSession", summary = "End one of one's own sessions")
    @APIResponse(responseCode = "204", description = "It has ended")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "404", description = "`not_found`")
    public void end(@PathParam("id") String id) {
        var session = sessions.find(parse(id))
                .filter(found -> found.accountId().equals(current.caller().userId()))
                .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND));
        endSessions.end(session.id());
    }

    @DELETE
    @Path("/sessions/")
    @Operation(operationId = "endSessions", summary = "End all of one's own sessions")
    @APIResponse(responseCode = "204", description = "They have ended; the one that asks too, unless it was kept")
    @APIResponse(responseCode = "400", description = "`validation_failed` on `keep_current`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    public void endAll(@QueryParam("keep_current") @Nullable String keepCurrent) {
        var caller = current.caller();
        var kept = keepCurrent != null && isTrue(keepCurrent) ? caller.sessionId() : null;
        endSessions.endAll(caller.userId(), kept);
    }

    private List<SessionView> views(List<Session> found) {
        var own = current.caller().sessionId();
        return found.stream().map(session -> SessionView.of(session, own)).toList();
    }

    /// An id that cannot be one is not found either.
    private static SessionId parse(String id) {
        try {
            return SessionId.fromString(id);
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(ProblemCode.NOT_FOUND);
        }
    }

    private static boolean isTrue(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.invalid(FieldProblem.invalid("keep_current", "must be true or false"));
        };
    }
}
