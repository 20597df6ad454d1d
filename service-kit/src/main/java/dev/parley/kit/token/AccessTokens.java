package dev.parley.kit.token;

import dev.parley.kit.account.EndedSessions;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.lang.UnresolvableKeyException;

/// Verifies access tokens that do not come in an `Authorization` header. Thread-safe; may block on a read of the JWKS.
@ApplicationScoped
public class AccessTokens {

    private final JWTParser parser;
    private final EndedSessions endedSessions;

    AccessTokens(JWTParser parser, EndedSessions endedSessions) {
        this.parser = parser;
        this.endedSessions = endedSessions;
    }

    /// @throws ProblemException with `unauthenticated` if the token is not one of ours, or not valid now, or its
    ///     session has ended; with `unavailable` if the auth service's keys, or the ended sessions, are not known
    public Caller verify(String token) {
        var verified = parse(token);
        if (!AccessTokenCheck.isAccessToken(verified)) {
            throw invalid();
        }
        var caller = Caller.of(verified);
        endedSessions.requireLive(caller.sessionId());
        return caller;
    }

    /// The library throws whatever comes, as a ClassCastException at a `kid` that is a number.
    private JsonWebToken parse(String token) {
        try {
            return parser.parse(token);
        } catch (ParseException e) {
            if (keysAreOutOfReach(e)) {
                throw new ProblemException(ProblemCode.UNAVAILABLE, "Tokens cannot be verified at the moment");
            }
            throw invalid();
        } catch (RuntimeException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemCode.UNAUTHENTICATED, "The access token is not valid");
    }

    private static boolean keysAreOutOfReach(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvableKeyException && cause.getCause() instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
