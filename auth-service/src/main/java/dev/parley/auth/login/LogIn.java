package dev.parley.auth.login;

import static java.util.Objects.requireNonNull;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.account.Username;
import dev.parley.auth.password.Password;
import dev.parley.auth.password.PasswordHasher;
import dev.parley.auth.session.StartSession;
import dev.parley.auth.session.Tokens;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Proves with a password who somebody is, and logs them in. The same work is done for an account that exists and for
/// one that does not, so that the time tells nothing (OWASP ASVS 5.0 6.3.8).
@ApplicationScoped
class LogIn {

    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final StartSession startSession;

    LogIn(Accounts accounts, PasswordHasher hasher, StartSession startSession) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.startSession = startSession;
    }

    /// @param request checked
    /// @throws ProblemException `invalid_credentials`
    Tokens with(LoginRequest request) {
        var password = new Password(requireNonNull(request.password()));
        var found = find(requireNonNull(request.username()));
        var kept = found.map(Account::passwordHash).orElse(null);
        if (!hasher.matches(password, kept) || found.isEmpty() || kept == null) {
            throw ProblemException.of(ProblemCode.INVALID_CREDENTIALS);
        }
        var fresh = hasher.isOutdated(kept) ? hasher.hash(password) : kept;
        return QuarkusTransaction.requiringNew().call(() -> {
            var account = unchanged(found.get(), kept);
            account.replacePasswordHash(fresh);
            return startSession.on(account, request.deviceName());
        });
    }

    private Optional<Account> find(String name) {
        if (name.contains("@")) {
            return EmailAddress.violation(name).isPresent()
                    ? Optional.empty()
                    : accounts.findByEmail(new EmailAddress(name));
        }
        return Username.violation(name).isPresent() ? Optional.empty() : accounts.findByUsername(new Username(name));
    }

    /// The account, locked: if its password was changed while this one was checked, the check counts for nothing.
    private Account unchanged(Account checked, String hash) {
        return accounts.findLocked(checked.id())
                .filter(account -> hash.equals(account.passwordHash()))
                .orElseThrow(() -> ProblemException.of(ProblemCode.INVALID_CREDENTIALS));
    }
}
