package dev.parley.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.jose4j.base64url.Base64Url;
import org.jose4j.jwk.RsaJsonWebKey;

/// An RSA key pair that signs access tokens.
/// @param id the `kid`: the SHA-256 thumbprint of the public key (RFC 7638), so the same key has the same id everywhere
public record SigningKey(String id, PrivateKey privateKey, RSAPublicKey publicKey) {

    /// Source: RFC 7518 §3.3 asks for 2048 bits or more.
    private static final int MIN_BITS = 2048;

    private static final int DERIVED_BYTES = 32;

    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /// Every `PRIVATE KEY` block (PKCS#8, RFC 7468 §10) of a PEM text, in its order.
    /// @throws IllegalArgumentException if there is none, or one that is no RSA key of 2048 bits or more
    static List<SigningKey> parsePem(String pem) {
        var keys = new ArrayList<SigningKey>();
        var block = PEM_BLOCK.matcher(pem);
        while (block.find()) {
            keys.add(parse(decode(block.group(1))));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it has no PRIVATE KEY block (PKCS#8 PEM)");
        }
        return List.copyOf(keys);
    }

    /// A secret that only holders of this key can make, for something else than signing tokens (HKDF, RFC 5869):
    /// replicas agree on it, and there is no other secret to keep.
    /// @param purpose different uses have different secrets
    public SecretKey deriveKey(String purpose) {
        try {
            var parameters = HKDFParameterSpec.ofExtract()
                    .addIKM(privateKey.getEncoded())
                    .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), DERIVED_BYTES);
            return KDF.getInstance("HKDF-SHA256").deriveKey("HmacSHA256", parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF with SHA-256", e);
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it has a PRIVATE KEY block that is no Base64", e);
        }
    }

    private static SigningKey parse(byte[] pkcs8) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            if (!(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)) instanceof RSAPrivateCrtKey key)) {
                throw new IllegalArgumentException("it has a key without its public part");
            }
            if (key.getModulus().bitLength() < MIN_BITS) {
                throw new IllegalArgumentException("it has an RSA key of fewer than " + MIN_BITS + " bits");
            }
            var publicKey = (RSAPublicKey)
                    factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new SigningKey(thumbprint(publicKey), key, publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it has a PRIVATE KEY block that is no RSA key", e);
        }
    }

    private static String thumbprint(RSAPublicKey key) {
        return Base64Url.encode(new RsaJsonWebKey(key).calculateThumbprint("SHA-256"));
    }
}
