package dev.parley.auth.session;

import dev.parley.auth.account.Accounts;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.InstantSource;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Looks an access token's session up in the database, so that this service refuses an ended one at once.
@LiveSession
@Provider
@Priority(Priorities.AUTHENTICATION)
class LiveSessionFilter implements ContainerRequestFilter {

    private final CurrentIdentityAssociation identity;
    private final Sessions sessions;
    private final Accounts accounts;
    private final CurrentSession current;
    private final InstantSource clock;

    LiveSessionFilter(
            CurrentIdentityAssociation identity,
            Sessions sessions,
            Accounts accounts,
            CurrentSession current,
            InstantSource clock) {
        this.identity = identity;
        this.sessions = sessions;
        this.accounts = accounts;
        this.current = current;
        this.clock = clock;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!(identity.getIdentity().getPrincipal() instanceof JsonWebToken token)) {
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED);
        }
        var caller = Caller.of(token);
        var session = sessions.find(caller.sessionId())
                .filter(found ->
                        found.isLive(clock.instant()) && found.accountId().equals(caller.userId()));
        var account = session.flatMap(live -> accounts.find(live.accountId())).filter(found -> !found.isErased());
        if (session.isEmpty() || account.isEmpty()) {
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED);
        }
        current.set(caller, session.get(), account.get());
    }
}
