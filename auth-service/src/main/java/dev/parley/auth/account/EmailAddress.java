package dev.parley.auth.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A mail address, kept in lower case. Its form is the HTML Standard's "valid email address", which is what browsers
/// let through, with the lengths of RFC 5321 §4.5.3.1. Whether it works is found out by a mail to it, nothing else.
/// @param text never logged
public record EmailAddress(String text) {

    private static final int MAX_LENGTH = 254;
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";

    /// ASCII only, in both cases: lower-casing first would make another's address of a look-alike.
    private static final Pattern FORM =
            Pattern.compile("[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + ")*");

    /// @param text in any case
    /// @throws IllegalArgumentException if it is no address
    public EmailAddress {
        if (!isAddress(text)) {
            throw new IllegalArgumentException("not an e-mail address");
        }
        text = text.toLowerCase(Locale.ROOT);
    }

    /// Why `text` is no address; empty if it is one.
    public static Optional<String> violation(String text) {
        return isAddress(text)
                ? Optional.empty()
                : Optional.of("must be an e-mail address of at most " + MAX_LENGTH + " ASCII characters");
    }

    private static boolean isAddress(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}
