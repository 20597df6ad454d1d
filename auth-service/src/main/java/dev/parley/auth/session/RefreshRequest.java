package dev.parley.auth.session;

import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.text.TextRules;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of `POST /auth/refresh/` and `POST /auth/logout/`.
@Schema(name = "RefreshTokenBody")
record RefreshRequest(
        @Schema(description = "As login, registration or the last refresh gave it") @Nullable
        String refreshToken) {

    private static final int MAX_LENGTH = 512;

    /// @throws ProblemException `validation_failed`
    RefreshToken token() {
        new FieldChecks()
                .required("refresh_token", refreshToken, text -> TextRules.nameViolation(text, 1, MAX_LENGTH))
                .orThrow();
        return new RefreshToken(Objects.requireNonNull(refreshToken));
    }

    /// Without the token: a log line is no place for it.
    @Override
    public String toString() {
        return "RefreshRequest[…]";
    }
}
