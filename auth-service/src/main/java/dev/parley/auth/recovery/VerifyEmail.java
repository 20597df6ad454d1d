package dev.parley.auth.recovery;

import dev.parley.auth.account.Accounts;
import dev.parley.auth.onetime.OneTimeTokens;
import dev.parley.auth.onetime.Purpose;
import dev.parley.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/// Gives an address to the account that has proved it, and takes it from those that only claim it. Links to choose a
/// new password that went to another address are no longer good.
@ApplicationScoped
class VerifyEmail {

    private final OneTimeTokens tokens;
    private final Accounts accounts;

    VerifyEmail(OneTimeTokens tokens, Accounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    /// @throws ProblemException `validation_failed` on `token`; `email_taken` if another account was faster
    @Transactional
    void with(String token) {
        var link = tokens.findLocked(token, Purpose.VERIFY_EMAIL);
        accounts.giveVerified(link.email(), link.accountId());
        tokens.revoke(link.accountId(), Purpose.VERIFY_EMAIL);
        tokens.revoke(link.accountId(), Purpose.RESET_PASSWORD);
    }
}
