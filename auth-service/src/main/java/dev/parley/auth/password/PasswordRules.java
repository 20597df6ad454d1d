package dev.parley.auth.password;

import com.nulabinc.zxcvbn.StandardDictionaries;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides whether a text may become a password: its length, and that it is not among the commonest, in any case.
/// No composition rules (NIST SP 800-63B-4 §3.1.1.2).
@ApplicationScoped
public class PasswordRules {

    private final PasswordConfig config;
    private final Set<String> commonest;

    PasswordRules(PasswordConfig config) {
        this.config = config;
        this.commonest = loadCommonest();
    }

    /// Why `text` cannot be chosen; empty if it can.
    public Optional<String> violation(String text) {
        return Password.violation(text, config.minLength())
                .or(() -> isCommon(text) ? Optional.of("is among the commonest passwords") : Optional.empty());
    }

    private boolean isCommon(String text) {
        return commonest.contains(new Password(text).text().toLowerCase(Locale.ROOT));
    }

    /// The list that zxcvbn carries: 30,000 of the commonest, in lower case.
    private static Set<String> loadCommonest() {
        try {
            return Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
