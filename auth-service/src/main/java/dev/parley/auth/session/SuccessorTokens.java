package dev.parley.auth.session;

import dev.parley.auth.token.SigningKey;
import dev.parley.auth.token.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// Makes a refresh token's successor from the token itself, so that the same successor can be given again to whoever
/// presents the token twice, though the database has only its hash: HMAC-SHA-256 under a key that only this service
/// has. That key comes from the signing key by HKDF (RFC 5869), so replicas agree and there is no other secret to keep.
@ApplicationScoped
class SuccessorTokens {

    private static final byte[] PURPOSE = "parley refresh token successor v1".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_BYTES = 32;

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
            mac.init(successorKey(key));
            return RefreshToken.of(mac.doFinal(spent.text().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC and HKDF with SHA-256", e);
        }
    }

    private static SecretKey successorKey(SigningKey key) throws GeneralSecurityException {
        var parameters = HKDFParameterSpec.ofExtract()
                .addIKM(key.privateKey().getEncoded())
                .thenExpand(PURPOSE, KEY_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", parameters);
    }
}
