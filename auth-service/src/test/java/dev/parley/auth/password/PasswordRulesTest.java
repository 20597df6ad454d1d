package dev.parley.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {

    private final PasswordRules rules = new PasswordRules(new TestPasswordConfig(19_456, 2, 1, 64));

    @Test
    void refusesTheCommonestInAnyCase() {
        for (var password : List.of("password", "Password1", "12345678", "QWERTYUIOP", "iloveyou", "trustno1")) {
            assertThat(rules.violation(password)).as(password).isPresent();
        }
    }

    @Test
    void refusesEachOfTheTenThousandCommonest() throws IOException {
        var commonest = StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();

        assertThat(commonest).hasSizeGreaterThanOrEqualTo(10_000);
        assertThat(commonest)
                .allSatisfy(password -> assertThat(rules.violation(password)).isPresent());
    }

    @Test
    void takesAPhraseWithoutDigitsOrMarks() {
        assertThat(rules.violation("correct horse battery staple")).isEmpty();
        assertThat(rules.violation("\u043f\u0430\u0440\u043e\u043b\u044c \u0434\u043b\u044f \u0447\u0430\u0442\u0430"))
                .isEmpty();
    }
}
