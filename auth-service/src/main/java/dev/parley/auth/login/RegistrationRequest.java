package dev.parley.auth.login;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /auth/register/`.
@Schema(
        name = "Registration",
        requiredProperties = {"username", "email", "password"})
record RegistrationRequest(
        @Schema(
                description = "3 to 32 of a-z 0-9 . _ -, starting with a letter; case does not matter",
                examples = "ada")
        @Nullable
        String username,

        @Schema(description = "Where the account can be recovered", format = "email", examples = "ada@example.com")
        @Nullable
        String email,

        @Schema(description = "8 to 128 characters of any kind", format = "password") @Nullable
        String password,

        @Schema(description = "1 to 64 characters; the username when absent", nullable = true) @Nullable
        String displayName,

        @Schema(
                description = "What the session is called in the list of sessions; up to 100 characters",
                nullable = true)
        @Nullable
        String deviceName,

        @Schema(description = "Where the refresh token goes: `body`, or `cookie` for browsers", nullable = true)
        @Nullable
        String tokenTransport) {

    /// Without the password and the address: a log line is no place for them.
    @Override
    public String toString() {
        return "RegistrationRequest[…]";
    }
}
