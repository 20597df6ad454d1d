package dev.parley.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;

/// Secrets that are made on the first start and kept, each in a file that only its owner can read.
final class Secrets {

    private static final int SECRET_BYTES = 32;
    private static final int RSA_BITS = 2048;

    private final Path directory;

    Secrets(Path directory) {
        this.directory = directory;
    }

    /// The file with the RSA key that signs access tokens, PKCS #8 in PEM (RFC 7468).
    Path signingKey() {
        return kept("signing-key.pem", Secrets::rsaKey);
    }

    /// A password or shared secret: 64 hexadecimal digits.
    String secret(String name) {
        try {
            return Files.readString(kept(name, Secrets::random)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Written beside and moved, so that a start that is cut short leaves no half of a key.
    private Path kept(String name, Supplier<String> maker) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            try {
                Path partial = Files.createTempFile(
                        directory,
                        name,
                        ".partial",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(partial, maker.get());
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("Could not keep " + file, e);
            }
        }
        return file;
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String rsaKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
            return "-----BEGIN PRIVATE KEY-----\n" + lines.encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
