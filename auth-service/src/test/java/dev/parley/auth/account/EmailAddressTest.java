package dev.parley.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "ada@example.com", "ada.l+chat@mail.example.co.uk", "o'neil@example.com", "a@1.2"})
    void takesWhatBrowsersTake(String text) {
        assertThat(new EmailAddress(text).text()).isEqualTo(text);
    }

    @Test
    void isKeptInLowerCase() {
        assertThat(new EmailAddress("Ada@Example.COM")).isEqualTo(new EmailAddress("ada@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@b",
                "a@",
                "a@b@c",
                "a b@c.d",
                "a@b..c",
                "a@-b.c",
                "a@b-.c",
                "a@b.c\n",
                "a@b.c\r\nBcc: d@e.f",
                "\"a\"@b.c",
                "<a@b.c>",
                "a@b.c,d@e.f",
                "\u00e4@b.c",
                "\u212A@b.c",
                "a@b\u0000.c"
            })
    void refusesWhatMailCouldTakeForAnother(String text) {
        assertThat(EmailAddress.violation(text)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(text));
    }

    @Test
    void refusesMoreThan254Characters() {
        var domain = ("a".repeat(60) + ".").repeat(4);

        assertThat(EmailAddress.violation("abcdefg@" + domain + "ab")).isEmpty();
        assertThat(EmailAddress.violation("abcdefg@" + domain + "abc")).isPresent();
    }

    @Test
    void isNotShownInLogs() {
        assertThat("to " + new EmailAddress("ada@example.com")).doesNotContain("ada");
    }
}
