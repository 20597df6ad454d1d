package dev.parley.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.auth.password.Argon2idHash.Cost;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idHashTest {

    private static final byte[] SALT = "somesalt".getBytes(StandardCharsets.US_ASCII);

    /// Source: the test vectors of the reference implementation (test.c), version 0x13 of Argon2id.
    @Test
    void agreesWithTheReferenceImplementation() {
        var hash = Argon2idHash.compute("password", SALT, new Cost(65_536, 2, 1));

        assertThat(hash.toString())
                .isEqualTo("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
    }

    @Test
    void isTheSameAfterWritingAndReading() {
        var hash = Argon2idHash.compute("pass\u00e9", SALT, new Cost(64, 1, 1));

        var read = Argon2idHash.parse(hash.toString());

        assertThat(read.toString()).isEqualTo(hash.toString());
        assertThat(read.matches("pass\u00e9")).isTrue();
        assertThat(read.matches("passe")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=16$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$"
            })
    void readsNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idHash.parse(text));
    }
}
