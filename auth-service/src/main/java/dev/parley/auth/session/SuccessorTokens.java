package dev.parley.auth.session;

import dev.parley.auth.token.SigningKey;
import dev.parley.auth.token.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.crypto.Mac;

/// Makes a refresh token's successor from the token itself, so that the same successor can be given again to whoever
/// presents the token twice, though the database has only its hash: HMAC-SHA-256 under a key that only this service
/// has, derived from the signing key.
@ApplicationScoped
class SuccessorTokens {

    private static final String PURPOSE = "parley refresh token successor v1";

    private final SigningKeys keys;

    SuccessorTokens(SigningKeys keys) {
        this.keys = keys;
    }

    /// The successor of a token that is being spent.
    RefreshToken of(RefreshToken spent) {
        return derive(spent, keys.current());
    }

    /// What the successor of a spent token may have been: the signing key may have changed since.
    Stream<RefreshToken> candidates(RefreshToken spent) {
        return keys.published().stream().map(key -> derive(spent, key));
    }

    private static RefreshToken derive(RefreshToken spent, SigningKey key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key.deriveKey(PURPOSE));
            return RefreshToken.of(mac.doFinal(spent.text().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
