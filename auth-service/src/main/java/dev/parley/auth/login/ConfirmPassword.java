package dev.parley.auth.login;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.password.Password;
import dev.parley.auth.password.PasswordHasher;
import dev.parley.auth.throttle.Throttle;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/// Asks somebody who is logged in for their password again, before what a stolen access token must not be able to do
/// (OWASP ASVS 5.0 7.5.1).
@ApplicationScoped
public class ConfirmPassword {

    private final PasswordHasher hasher;
    private final Accounts accounts;
    private final Throttle throttle;

    ConfirmPassword(PasswordHasher hasher, Accounts accounts, Throttle throttle) {
        this.hasher = hasher;
        this.accounts = accounts;
        this.throttle = throttle;
    }

    /// @param field of the request that holds the password
    /// @throws ProblemException `validation_failed` on `field`, `rate_limited`
    public Confirmed of(Account account, String field, String password) {
        throttle.password(account.username());
        var hash = account.passwordHash();
        if (hash == null || !hasher.matches(new Password(password), hash)) {
            throw ProblemException.invalid(FieldProblem.invalid(field, "is wrong"));
        }
        return new Confirmed(account, hash);
    }

    /// The account, locked in the caller's transaction and still with the password that was confirmed.
    /// @throws ProblemException `unauthenticated` if it was changed or erased meanwhile
    @Transactional(Transactional.TxType.MANDATORY)
    public Account lock(Confirmed confirmed) {
        return accounts.findLocked(confirmed.account().id())
                .filter(account -> confirmed.hash().equals(account.passwordHash()))
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED));
    }

    /// Proof that the account's owner gave the password. Its account is old by the time something is changed.
    public record Confirmed(Account account, String hash) {

        @Override
        public String toString() {
            return "Confirmed[account=" + account.id() + "]";
        }
    }
}
