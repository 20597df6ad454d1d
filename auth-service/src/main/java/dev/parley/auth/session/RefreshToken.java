package dev.parley.auth.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// The secret that continues a session: 256 random bits, in URL-safe Base64 without padding. Only its hash is kept;
/// a plain SHA-256 is enough, since nobody can guess 256 bits.
/// @param text what the client holds; never logged
record RefreshToken(String text) {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static RefreshToken random() {
        var secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return of(secret);
    }

    static RefreshToken of(byte[] secret) {
        return new RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// SHA-256 of the text.
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "RefreshToken[…]";
    }
}
