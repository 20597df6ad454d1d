package dev.parley.auth.password;

import dev.parley.model.text.TextRules;
import java.text.Normalizer;
import java.util.Optional;

/// A password as it is hashed: in NFC, so that one typed on another keyboard is the same (NIST SP 800-63B-4 §3.1.1.2).
/// @param text never logged and never sent back
public record Password(String text) {

    /// Longest password in code points.
    public static final int MAX_LENGTH = 128;

    public Password {
        text = Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// Why `text` cannot have been accepted as anybody's password; empty if it can.
    public static Optional<String> violation(String text) {
        return violation(text, 1);
    }

    /// Why `text` cannot become a password; empty if it can.
    /// @param minLength in code points
    static Optional<String> violation(String text, int minLength) {
        if (!TextRules.isStorable(text)) {
            return Optional.of("must not contain U+0000 or lone surrogates");
        }
        var normal = new Password(text).text();
        var length = normal.codePointCount(0, normal.length());
        return length < minLength || length > MAX_LENGTH
                ? Optional.of("must have " + minLength + " to " + MAX_LENGTH + " characters")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "Password[…]";
    }
}
