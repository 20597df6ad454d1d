package dev.parley.auth.recovery;

import dev.parley.auth.account.Accounts;
import dev.parley.auth.mail.Mails;
import dev.parley.auth.onetime.OneTimeTokens;
import dev.parley.auth.onetime.Purpose;
import dev.parley.auth.password.Password;
import dev.parley.auth.password.PasswordHasher;
import dev.parley.auth.session.EndSessions;
import dev.parley.kit.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/// Replaces a forgotten password by whoever has the link from the mail, and ends every session: one of them may be
/// why the password had to be replaced.
@ApplicationScoped
class ResetPassword {

    private final OneTimeTokens tokens;
    private final PasswordHasher hasher;
    private final Accounts accounts;
    private final EndSessions endSessions;
    private final Mails mails;

    ResetPassword(
            OneTimeTokens tokens, PasswordHasher hasher, Accounts accounts, EndSessions endSessions, Mails mails) {
        this.tokens = tokens;
        this.hasher = hasher;
        this.accounts = accounts;
        this.endSessions = endSessions;
        this.mails = mails;
    }

    /// @throws ProblemException `validation_failed` on `token`
    void with(String token, Password password) {
        tokens.require(token, Purpose.RESET_PASSWORD);
        var hash = hasher.hash(password);
        QuarkusTransaction.requiringNew().run(() -> {
            var link = tokens.findLocked(token, Purpose.RESET_PASSWORD);
            var account = accounts.findLocked(link.accountId()).orElseThrow();
            account.replacePasswordHash(hash);
            tokens.revoke(account.id(), Purpose.RESET_PASSWORD);
            mails.passwordChanged(account);
            endSessions.endAll(account.id(), null);
        });
    }
}
