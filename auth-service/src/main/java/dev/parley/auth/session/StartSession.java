package dev.parley.auth.session;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.User;
import dev.parley.auth.token.AccessTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Logs an account in on a device.
@ApplicationScoped
public class StartSession {

    private final Sessions sessions;
    private final SessionConfig config;
    private final AccessTokens accessTokens;
    private final InstantSource clock;

    StartSession(Sessions sessions, SessionConfig config, AccessTokens accessTokens, InstantSource clock) {
        this.sessions = sessions;
        this.config = config;
        this.accessTokens = accessTokens;
        this.clock = clock;
    }

    /// @param account not erased, and locked or new in the caller's transaction: nothing may end its sessions meanwhile
    @Transactional(Transactional.TxType.MANDATORY)
    public Tokens on(Account account, @Nullable String deviceName) {
        var now = clock.instant();
        var session = new Session(account.id(), deviceName, now, config);
        var refreshToken = RefreshToken.random();
        sessions.add(session, refreshToken, now);
        var accessToken = accessTokens.issue(account.id(), session.id(), account.username(), session.expiresAt());
        return new Tokens(accessToken.text(), refreshToken.text(), "Bearer", accessToken.expiresIn(), User.of(account));
    }
}
