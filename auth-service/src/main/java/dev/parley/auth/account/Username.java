package dev.parley.auth.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The unique name of an account, kept in lower case: `Ada` and `ada` are one name.
public record Username(String text) {

    /// Letters in both cases are ASCII only; lower-casing first would let U+212A (KELVIN SIGN) pass for `k`.
    private static final Pattern FORM = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{2,31}");

    private static final String RULE = "must have 3 to 32 characters of a-z 0-9 . _ - and start with a letter";

    /// @param text in any case
    /// @throws IllegalArgumentException if it is no username
    public Username {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(RULE);
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /// Why `text` is no username; empty if it is one.
    public static Optional<String> violation(String text) {
        return FORM.matcher(text).matches() ? Optional.empty() : Optional.of(RULE);
    }

    @Override
    public String toString() {
        return text;
    }
}
