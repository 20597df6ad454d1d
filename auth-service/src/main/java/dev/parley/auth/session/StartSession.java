package dev.parley.auth.session;

import dev.parley.auth.account.Account;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Logs an account in on a device.
@ApplicationScoped
public class StartSession {

    private final Sessions sessions;
    private final SessionConfig config;
    private final IssueTokens issueTokens;
    private final InstantSource clock;

    StartSession(Sessions sessions, SessionConfig config, IssueTokens issueTokens, InstantSource clock) {
        this.sessions = sessions;
        this.config = config;
        this.issueTokens = issueTokens;
        this.clock = clock;
    }

    /// @param account not erased; new or locked in the caller's transaction, so that nothing ends its sessions
    /// meanwhile
    @Transactional(Transactional.TxType.MANDATORY)
    public Tokens on(Account account, @Nullable String deviceName) {
        var now = clock.instant();
        var session = new Session(account.id(), deviceName, now, config);
        var refreshToken = RefreshToken.random();
        sessions.add(session, refreshToken, now);
        return issueTokens.to(account, session, refreshToken);
    }
}
