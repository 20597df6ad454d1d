package dev.parley.auth.login;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.AccountConfig;
import dev.parley.auth.account.AccountConfig.Registration;
import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.account.UsernameRules;
import dev.parley.auth.password.PasswordRules;
import dev.parley.auth.session.Session;
import dev.parley.auth.session.TokenTransport;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;

/// Decides whether somebody may register with what they sent, as far as it does not depend on other accounts.
@ApplicationScoped
class RegistrationRules {

    private final AccountConfig config;
    private final UsernameRules usernames;
    private final PasswordRules passwords;

    RegistrationRules(AccountConfig config, UsernameRules usernames, PasswordRules passwords) {
        this.config = config;
        this.usernames = usernames;
        this.passwords = passwords;
    }

    /// @throws ProblemException `validation_failed` with every member at fault, `registration_closed`
    void check(RegistrationRequest request) {
        new FieldChecks()
                .required("username", request.username(), usernames::violation)
                .required("email", request.email(), EmailAddress::violation)
                .required("password", request.password(), passwords::violation)
                .optional("display_name", request.displayName(), Account::displayNameViolation)
                .optional("device_name", request.deviceName(), Session::deviceNameViolation)
                .optional("token_transport", request.tokenTransport(), TokenTransport::violation)
                .orThrow();
        if (config.registration() == Registration.CLOSED) {
            throw ProblemException.of(ProblemCode.REGISTRATION_CLOSED);
        }
    }
}
