package dev.parley.auth.session;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;

/// Continues a session: spends a refresh token for its successor (RFC 9700 §4.14.2). A token presented twice within
/// a moment, its successor unused, gets the same successor again, so that a lost answer or parallel calls end well;
/// presented at any other time it was stolen from somebody, and its session ends.
@ApplicationScoped
class RefreshSession {

    private final Sessions sessions;
    private final SuccessorTokens successors;
    private final EndSessions endSessions;
    private final Accounts accounts;
    private final IssueTokens issueTokens;
    private final SessionConfig config;
    private final InstantSource clock;

    RefreshSession(
            Sessions sessions,
            SuccessorTokens successors,
            EndSessions endSessions,
            Accounts accounts,
            IssueTokens issueTokens,
            SessionConfig config,
            InstantSource clock) {
        this.sessions = sessions;
        this.successors = successors;
        this.endSessions = endSessions;
        this.accounts = accounts;
        this.issueTokens = issueTokens;
        this.config = config;
        this.clock = clock;
    }

    private sealed interface Outcome {
        record Continued(Tokens tokens) implements Outcome {}

        record Reused() implements Outcome {}

        record Unknown() implements Outcome {}
    }

    /// @throws ProblemException `unauthenticated`, `token_reused`
    Tokens with(RefreshToken token) {
        // The outcome is a value: an exception would roll the end of the session back.
        return switch (QuarkusTransaction.requiringNew().call(() -> present(token))) {
            case Outcome.Continued(var tokens) -> tokens;
            case Outcome.Reused() -> throw ProblemException.of(ProblemCode.TOKEN_REUSED);
            case Outcome.Unknown() -> throw ProblemException.of(ProblemCode.UNAUTHENTICATED);
        };
    }

    private Outcome present(RefreshToken token) {
        var found = sessions.sessionOf(token).flatMap(sessions::findLocked);
        var now = clock.instant();
        if (found.isEmpty() || !found.get().isLive(now)) {
            return new Outcome.Unknown();
        }
        var session = found.get();
        var row = sessions.find(token).orElseThrow();
        var account = accounts.find(session.accountId()).orElseThrow();
        return row.isSpent()
                ? presentAgain(token, row, session, account, now)
                : spend(token, row, session, account, now);
    }

    private Outcome spend(RefreshToken token, RefreshTokenRow row, Session session, Account account, Instant now) {
        var successor = successors.of(token);
        row.spend(now);
        session.use(now, config);
        sessions.add(successor, session, now);
        return new Outcome.Continued(issueTokens.to(account, session, successor));
    }

    private Outcome presentAgain(
            RefreshToken token, RefreshTokenRow row, Session session, Account account, Instant now) {
        if (row.isSpentSince(now, config.refreshGrace())) {
            var successor = successors
                    .candidates(token)
                    .filter(candidate -> sessions.find(candidate)
                            .filter(next -> !next.isSpent())
                            .isPresent())
                    .findFirst();
            if (successor.isPresent()) {
                return new Outcome.Continued(issueTokens.to(account, session, successor.get()));
            }
        }
        endSessions.end(session);
        return new Outcome.Reused();
    }
}
