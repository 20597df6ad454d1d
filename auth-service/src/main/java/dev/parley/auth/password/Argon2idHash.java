package dev.parley.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// An Argon2id hash (RFC 9106, version 0x13) with all that is needed to repeat it.
/// Written as `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` in unpadded Base64, the PHC string format.
final class Argon2idHash {

    static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORMAT = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2idHash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    /// @param memoryKib memory in KiB
    record Cost(int memoryKib, int iterations, int parallelism) {}

    static Argon2idHash compute(String password, byte[] salt, Cost cost) {
        return new Argon2idHash(cost, salt, derive(password, salt, cost, HASH_BYTES));
    }

    /// @throws IllegalArgumentException if `text` is no such hash
    static Argon2idHash parse(String text) {
        var match = FORMAT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("not an Argon2id hash");
        }
        var cost = new Cost(
                Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), Integer.parseInt(match.group(3)));
        var base64 = Base64.getDecoder();
        return new Argon2idHash(cost, base64.decode(match.group(4)), base64.decode(match.group(5)));
    }

    Cost cost() {
        return cost;
    }

    /// Costs one computation, whatever the answer.
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(password, salt, cost, hash.length));
    }

    private static byte[] derive(String password, byte[] salt, Cost cost, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(salt)
                .build());
        var derived = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), derived);
        return derived;
    }

    /// The PHC string.
    @Override
    public String toString() {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.iterations(),
                        cost.parallelism(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }
}
