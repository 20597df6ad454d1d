package dev.parley.auth.login;

import dev.parley.auth.password.Password;
import dev.parley.auth.session.Session;
import dev.parley.auth.session.TokenTransport;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.text.TextRules;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /auth/login/`.
@Schema(
        name = "Login",
        requiredProperties = {"username", "password"})
record LoginRequest(
        @Schema(
                description = "The username, or the e-mail address when it is verified or only one account has it",
                examples = "ada")
        @Nullable
        String username,

        @Schema(format = "password") @Nullable String password,

        @Schema(
                description = "What the session is called in the list of sessions; up to 100 characters",
                nullable = true)
        @Nullable
        String deviceName,

        @Schema(description = "Where the refresh token goes: `body`, or `cookie` for browsers", nullable = true)
        @Nullable
        String tokenTransport) {

    /// The longest that may name an account: an e-mail address.
    private static final int MAX_NAME = 254;

    /// @throws ProblemException `validation_failed` with every member at fault
    void check() {
        new FieldChecks()
                .required("username", username, text -> TextRules.nameViolation(text, 1, MAX_NAME))
                .required("password", password, Password::violation)
                .optional("device_name", deviceName, Session::deviceNameViolation)
                .optional("token_transport", tokenTransport, TokenTransport::violation)
                .orThrow();
    }

    /// Without the password and the name: a log line is no place for them.
    @Override
    public String toString() {
        return "LoginRequest[…]";
    }
}
