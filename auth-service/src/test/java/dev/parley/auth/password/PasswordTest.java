package dev.parley.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordTest {

    @Test
    void isTheSameHoweverItWasTyped() {
        assertThat(new Password("e\u0301a\u030A")).isEqualTo(new Password("\u00e9\u00e5"));
    }

    @Test
    void isMeasuredInCodePointsOfItsNfc() {
        assertThat(Password.violation("\uD83D\uDC69".repeat(8), 8)).isEmpty();
        assertThat(Password.violation("\uD83D\uDC69".repeat(7), 8)).isPresent();
        assertThat(Password.violation("e\u0301".repeat(7), 8)).isPresent();
        assertThat(Password.violation("\uD83D\uDC69".repeat(128), 8)).isEmpty();
        assertThat(Password.violation("\uD83D\uDC69".repeat(129), 8)).isPresent();
    }

    @Test
    void mayHoldAnythingThatUtf8CanHold() {
        assertThat(Password.violation("tab\there, newline\nthere", 8)).isEmpty();
        assertThat(Password.violation("with \u0000 in it", 8)).isPresent();
        assertThat(Password.violation("with \uD800 in it", 8)).isPresent();
    }

    @Test
    void isNotShownInLogs() {
        assertThat("password=" + new Password("secret")).doesNotContain("secret");
    }
}
