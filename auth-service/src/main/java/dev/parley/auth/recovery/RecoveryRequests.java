package dev.parley.auth.recovery;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The bodies of the endpoints in [RecoveryResource]. None shows its content in a log line.
final class RecoveryRequests {

    private RecoveryRequests() {}

    @Schema(name = "ForgottenPassword", requiredProperties = "email")
    record ForgotPassword(
            @Schema(format = "email") @Nullable String email) {

        @Override
        public String toString() {
            return "ForgotPassword[…]";
        }
    }

    @Schema(
            name = "PasswordReset",
            requiredProperties = {"token", "new_password"})
    record ResetPasswordRequest(
            @Schema(description = "From the link in the mail") @Nullable
            String token,

            @Schema(format = "password") @Nullable String newPassword) {

        @Override
        public String toString() {
            return "ResetPasswordRequest[…]";
        }
    }

    @Schema(name = "EmailVerification", requiredProperties = "token")
    record VerifyEmailRequest(
            @Schema(description = "From the link in the mail") @Nullable
            String token) {

        @Override
        public String toString() {
            return "VerifyEmailRequest[…]";
        }
    }

    @Schema(
            name = "EmailChange",
            requiredProperties = {"current_password", "new_email"})
    record ChangeEmailRequest(
            @Schema(format = "password") @Nullable String currentPassword,
            @Schema(format = "email") @Nullable String newEmail) {

        @Override
        public String toString() {
            return "ChangeEmailRequest[…]";
        }
    }
}
