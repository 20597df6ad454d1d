package dev.parley.auth.profile;

import static java.util.Objects.requireNonNull;

import dev.parley.auth.account.Account;
import dev.parley.auth.login.ConfirmPassword;
import dev.parley.auth.mail.Mails;
import dev.parley.auth.onetime.OneTimeTokens;
import dev.parley.auth.onetime.Purpose;
import dev.parley.auth.password.Password;
import dev.parley.auth.password.PasswordHasher;
import dev.parley.auth.password.PasswordRules;
import dev.parley.auth.session.EndSessions;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.SessionId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Replaces a password by its owner, and ends the owner's other sessions.
@ApplicationScoped
class ChangePassword {

    private final ConfirmPassword confirmPassword;
    private final PasswordRules rules;
    private final PasswordHasher hasher;
    private final OneTimeTokens tokens;
    private final Mails mails;
    private final EndSessions endSessions;

    ChangePassword(
            ConfirmPassword confirmPassword,
            PasswordRules rules,
            PasswordHasher hasher,
            OneTimeTokens tokens,
            Mails mails,
            EndSessions endSessions) {
        this.tokens = tokens;
        this.mails = mails;
        this.confirmPassword = confirmPassword;
        this.rules = rules;
        this.hasher = hasher;
        this.endSessions = endSessions;
    }

    /// The body of `POST /auth/change-password/`.
    @Schema(
            name = "PasswordChange",
            requiredProperties = {"current_password", "new_password"})
    record Passwords(
            @Schema(format = "password") @Nullable String currentPassword,
            @Schema(format = "password") @Nullable String newPassword) {

        @Override
        public String toString() {
            return "Passwords[…]";
        }
    }

    /// @param kept the session that stays
    /// @throws ProblemException `validation_failed`, `rate_limited`
    void of(Account account, SessionId kept, Passwords passwords) {
        new FieldChecks()
                .required("current_password", passwords.currentPassword(), Password::violation)
                .required("new_password", passwords.newPassword(), rules::violation)
                .orThrow();
        var confirmed = confirmPassword.of(account, "current_password", requireNonNull(passwords.currentPassword()));
        var hash = hasher.hash(new Password(requireNonNull(passwords.newPassword())));
        QuarkusTransaction.requiringNew().run(() -> {
            var locked = confirmPassword.lock(confirmed);
            locked.replacePasswordHash(hash);
            tokens.revoke(locked.id(), Purpose.RESET_PASSWORD);
            mails.passwordChanged(locked);
            endSessions.endAll(account.id(), kept);
        });
    }
}
