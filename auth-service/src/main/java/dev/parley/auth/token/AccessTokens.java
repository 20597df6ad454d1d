package dev.parley.auth.token;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.AccessTokenNames;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/// Makes access tokens: JWTs of RFC 9068, signed with RS256.
@ApplicationScoped
public class AccessTokens {

    private final SigningKeys keys;
    private final TokenConfig config;
    private final InstantSource clock;

    AccessTokens(SigningKeys keys, TokenConfig config, InstantSource clock) {
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /// @param notAfter when the session ends at the latest; the token does not outlive it
    public AccessToken issue(UserId user, SessionId session, String username, Instant notAfter) {
        var issuedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var ownEnd = issuedAt.plus(config.accessTokenLifetime());
        var expiresAt = ownEnd.isBefore(notAfter) ? ownEnd : notAfter.truncatedTo(ChronoUnit.SECONDS);
        var key = keys.current();
        var text = Jwt.issuer(config.issuer())
                .audience(AccessTokenNames.AUDIENCE)
                .subject(user.toString())
                .upn(username)
                .claim(AccessTokenNames.SESSION_ID, session.toString())
                .claim(AccessTokenNames.CLIENT_ID, AccessTokenNames.AUDIENCE)
                .claim("jti", UUID.randomUUID().toString())
                .issuedAt(issuedAt)
                .expiresAt(expiresAt)
                .jws()
                .header("typ", AccessTokenNames.TYPE)
                .keyId(key.id())
                .sign(key.privateKey());
        return new AccessToken(text, expiresAt.getEpochSecond() - issuedAt.getEpochSecond());
    }

    /// @param text what the bearer sends
    /// @param expiresIn in seconds
    public record AccessToken(String text, long expiresIn) {

        /// Without the token: a log line is no place for it.
        @Override
        public String toString() {
            return "AccessToken[expiresIn=" + expiresIn + "]";
        }
    }
}
