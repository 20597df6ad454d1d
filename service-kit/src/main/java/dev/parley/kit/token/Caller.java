package dev.parley.kit.token;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.AccessTokenNames;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// The user behind a verified access token.
/// @param expiresAt when the token stops being valid
public record Caller(UserId userId, SessionId sessionId, String username, Instant expiresAt) {

    /// @throws IllegalArgumentException if a claim is missing or misshapen; [AccessTokenCheck] lets none through
    public static Caller of(JsonWebToken token) {
        return new Caller(
                UserId.fromString(text(token.getSubject())),
                SessionId.fromString(text(token.getClaim(AccessTokenNames.SESSION_ID))),
                text(token.getName()),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private static String text(Object claim) {
        if (claim instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("claim missing");
    }
}
