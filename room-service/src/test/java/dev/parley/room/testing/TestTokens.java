package dev.parley.room.testing;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.AccessTokenNames;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;

/// Access tokens as the auth service makes them, signed with a key of this JVM.
public final class TestTokens {

    private static final String KEY_ID = "test-key";
    private static final KeyPair KEYS = newKeys();

    private TestTokens() {}

    public static String of(UserRef user) {
        return of(user.id());
    }

    /// A valid token.
    public static String of(UserId user) {
        return signed(user, AccessTokenNames.TYPE, Duration.ofMinutes(5), KEYS);
    }

    /// A token that is valid but for its header `typ`.
    public static String ofType(UserId user, String type) {
        return signed(user, type, Duration.ofMinutes(5), KEYS);
    }

    /// A token that has expired.
    public static String expired(UserId user) {
        return signed(user, AccessTokenNames.TYPE, Duration.ofMinutes(-5), KEYS);
    }

    /// A token that another key has signed.
    public static String forged(UserId user) {
        return signed(user, AccessTokenNames.TYPE, Duration.ofMinutes(5), newKeys());
    }

    /// What signs them.
    public static KeyPair keys() {
        return KEYS;
    }

    /// A file with the public key, as a JWK Set.
    static String publicKeyLocation() {
        try {
            var key = new RsaJsonWebKey((RSAPublicKey) KEYS.getPublic());
            key.setKeyId(KEY_ID);
            key.setAlgorithm(AccessTokenNames.ALGORITHM);
            var file = Files.writeString(
                    Files.createTempFile("parley-test-keys", ".json"), new JsonWebKeySet(key).toJson());
            file.toFile().deleteOnExit();
            return file.toUri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A valid token of a known session.
    public static String of(UserId user, SessionId session) {
        return signed(user, session, AccessTokenNames.TYPE, Duration.ofMinutes(5), KEYS);
    }

    private static String signed(UserId user, String type, Duration validity, KeyPair keys) {
        return signed(user, SessionId.random(), type, validity, keys);
    }

    private static String signed(UserId user, SessionId session, String type, Duration validity, KeyPair keys) {
        var now = System.currentTimeMillis() / 1000;
        return Jwt.issuer("parley")
                .audience(AccessTokenNames.AUDIENCE)
                .subject(user.toString())
                .upn("someone")
                .issuedAt(now - 600)
                .expiresAt(now + validity.toSeconds())
                .claim(AccessTokenNames.SESSION_ID, session.toString())
                .claim(AccessTokenNames.CLIENT_ID, "parley")
                .jws()
                .header("typ", type)
                .keyId(KEY_ID)
                .sign(keys.getPrivate());
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
