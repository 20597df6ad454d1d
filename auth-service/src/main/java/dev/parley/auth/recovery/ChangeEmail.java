package dev.parley.auth.recovery;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.login.ConfirmPassword;
import dev.parley.auth.mail.Mails;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/// Asks for another address: it takes effect when somebody there follows the link, and the present one is told now.
/// Wants the password, so that a stolen access token does not become a stolen account.
@ApplicationScoped
class ChangeEmail {

    private final ConfirmPassword confirmPassword;
    private final Accounts accounts;
    private final Mails mails;

    ChangeEmail(ConfirmPassword confirmPassword, Accounts accounts, Mails mails) {
        this.confirmPassword = confirmPassword;
        this.accounts = accounts;
        this.mails = mails;
    }

    /// @throws ProblemException `validation_failed` on `current_password`, `rate_limited`, `email_taken`
    void of(Account owner, String password, EmailAddress email) {
        var confirmed = confirmPassword.of(owner, "current_password", password);
        if (accounts.isVerifiedByAnother(email, owner.id())) {
            throw ProblemException.of(ProblemCode.EMAIL_TAKEN);
        }
        QuarkusTransaction.requiringNew().run(() -> {
            var account = confirmPassword.lock(confirmed);
            mails.emailChangeRequested(account);
            mails.verification(account, email);
        });
    }
}
