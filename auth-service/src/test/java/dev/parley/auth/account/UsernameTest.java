package dev.parley.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada", "a.b", "a_b-c.d", "a23456789012345678901234567890ab"})
    void takesLettersDigitsAndThreeMarks(String text) {
        assertThat(new Username(text).text()).isEqualTo(text);
    }

    @Test
    void isKeptInLowerCase() {
        assertThat(new Username("AdA")).isEqualTo(new Username("ada"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "1ada",
                ".ada",
                "a da",
                "ada ",
                "ada\n",
                "\u00e4da",
                "\u212Aelvin",
                "ad\u0130",
                "ada\u0000",
                "a23456789012345678901234567890abc"
            })
    void refusesWhatLooksLikeAnother(String text) {
        assertThat(Username.violation(text)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new Username(text));
    }
}
