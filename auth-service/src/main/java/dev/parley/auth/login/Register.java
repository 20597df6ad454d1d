package dev.parley.auth.login;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.account.Username;
import dev.parley.auth.event.Outbox;
import dev.parley.auth.mail.Mails;
import dev.parley.auth.password.Password;
import dev.parley.auth.password.PasswordHasher;
import dev.parley.auth.session.StartSession;
import dev.parley.auth.session.Tokens;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/// Makes an account and logs it in.
@ApplicationScoped
class Register {

    private final PasswordHasher hasher;
    private final Accounts accounts;
    private final StartSession startSession;
    private final Mails mails;
    private final Outbox outbox;
    private final InstantSource clock;

    Register(
            PasswordHasher hasher,
            Accounts accounts,
            StartSession startSession,
            Mails mails,
            Outbox outbox,
            InstantSource clock) {
        this.hasher = hasher;
        this.accounts = accounts;
        this.startSession = startSession;
        this.mails = mails;
        this.outbox = outbox;
        this.clock = clock;
    }

    /// The hash is made before the transaction: it takes long, and a connection is not held meanwhile.
    /// @param request checked
    /// @throws ProblemException `username_taken`, `email_taken`
    Tokens with(RegistrationRequest request) {
        var username = new Username(requireNonNull(request.username()));
        var email = new EmailAddress(requireNonNull(request.email()));
        refuseTaken(username, email);
        var hash = hasher.hash(new Password(requireNonNull(request.password())));
        return QuarkusTransaction.requiringNew().call(() -> {
            var displayName = requireNonNullElse(request.displayName(), username.text());
            var account = new Account(UserId.random(), username, displayName, email, hash, clock.instant());
            accounts.add(account);
            var tokens = startSession.on(account, request.deviceName());
            mails.verification(account, email);
            outbox.userChanged(account.id());
            return tokens;
        });
    }

    /// Before the work of hashing; the database decides again when the account is inserted.
    private void refuseTaken(Username username, EmailAddress email) {
        if (accounts.findByUsername(username).isPresent()) {
            throw ProblemException.of(ProblemCode.USERNAME_TAKEN);
        }
        if (accounts.isVerifiedSomewhere(email)) {
            throw ProblemException.of(ProblemCode.EMAIL_TAKEN);
        }
    }
}
