package dev.parley.auth.profile;

import static java.util.Objects.requireNonNull;

import dev.parley.auth.account.Account;
import dev.parley.auth.event.Outbox;
import dev.parley.auth.login.ConfirmPassword;
import dev.parley.auth.mail.Mails;
import dev.parley.auth.onetime.OneTimeTokens;
import dev.parley.auth.password.Password;
import dev.parley.auth.session.EndSessions;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Erases an account by its owner: what is left is its id, and the hash of its username, which nobody gets again.
@ApplicationScoped
class EraseAccount {

    private final ConfirmPassword confirmPassword;
    private final EndSessions endSessions;
    private final OneTimeTokens tokens;
    private final Mails mails;
    private final Outbox outbox;
    private final InstantSource clock;

    EraseAccount(
            ConfirmPassword confirmPassword,
            EndSessions endSessions,
            OneTimeTokens tokens,
            Mails mails,
            Outbox outbox,
            InstantSource clock) {
        this.confirmPassword = confirmPassword;
        this.endSessions = endSessions;
        this.tokens = tokens;
        this.mails = mails;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The body of `POST /auth/erase-account/`.
    @Schema(name = "AccountErasure", requiredProperties = "password")
    record Confirmation(
            @Schema(format = "password") @Nullable String password) {

        @Override
        public String toString() {
            return "Confirmation[…]";
        }
    }

    /// @throws ProblemException `validation_failed` on `password`, `rate_limited`
    void of(Account owner, Confirmation confirmation) {
        new FieldChecks()
                .required("password", confirmation.password(), Password::violation)
                .orThrow();
        var confirmed = confirmPassword.of(owner, "password", requireNonNull(confirmation.password()));
        QuarkusTransaction.requiringNew().run(() -> {
            var account = confirmPassword.lock(confirmed);
            mails.forget(account.id());
            tokens.forget(account.id());
            account.erase(clock.instant());
            endSessions.erase(account.id());
            outbox.userChanged(account.id());
        });
    }
}
