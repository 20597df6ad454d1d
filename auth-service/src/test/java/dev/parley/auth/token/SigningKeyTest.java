package dev.parley.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.auth.Pem;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    @Test
    void readsEveryKeyOfTheFileInOrder() {
        var first = Pem.newRsaKey(2048);
        var second = Pem.newRsaKey(3072);

        var keys = SigningKey.parsePem("made by hand\n" + first + "\n# next\n" + second);

        assertThat(keys)
                .extracting(key -> key.publicKey().getModulus().bitLength())
                .containsExactly(2048, 3072);
        assertThat(keys.getFirst()).isEqualTo(SigningKey.parsePem(first).getFirst());
    }

    @Test
    void isNamedByItsThumbprint() {
        var pem = Pem.newRsaKey(2048);

        var ids = SigningKey.parsePem(pem + pem).stream().map(SigningKey::id).distinct();

        assertThat(ids).singleElement().asString().matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void refusesWhatIsNoStrongRsaKey() {
        assertRefused("", "no PRIVATE KEY block");
        assertRefused("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----", "no PRIVATE KEY block");
        assertRefused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "no RSA key");
        assertRefused("-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----", "no Base64");
        assertRefused(Pem.newKey("EC", 256), "no RSA key");
        assertRefused(Pem.newRsaKey(1024), "fewer than 2048 bits");
    }

    private static void assertRefused(String pem, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SigningKey.parsePem(pem))
                .withMessageContaining(reason);
    }
}
