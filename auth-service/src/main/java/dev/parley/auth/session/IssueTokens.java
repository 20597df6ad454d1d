package dev.parley.auth.session;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.User;
import dev.parley.auth.token.AccessTokens;
import jakarta.enterprise.context.ApplicationScoped;

/// Puts together what a client gets when a session starts or goes on.
@ApplicationScoped
class IssueTokens {

    private final AccessTokens accessTokens;

    IssueTokens(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    Tokens to(Account account, Session session, RefreshToken refreshToken) {
        var accessToken = accessTokens.issue(account.id(), session.id(), account.username(), session.expiresAt());
        return new Tokens(accessToken.text(), refreshToken.text(), "Bearer", accessToken.expiresIn(), User.of(account));
    }
}
