package dev.parley.auth.mail;

import java.util.Locale;

/// What a mail is about; each has a text and an HTML template of its name.
enum MailKind {
    /// Not a mail yet: somebody says they forgot the password of whoever has this address.
    FORGOTTEN("", ""),
    RESET_PASSWORD("Reset your password", "/reset-password/#token="),
    VERIFY_EMAIL("Confirm your e-mail address", "/verify-email/#token="),
    PASSWORD_CHANGED("Your password was changed", ""),
    EMAIL_CHANGE_REQUESTED("Your e-mail address is about to change", "");

    private final String subject;
    private final String path;

    MailKind(String subject, String path) {
        this.subject = subject;
        this.path = path;
    }

    String subject() {
        return subject;
    }

    /// Where its link leads on the public origin; the token follows, in the fragment, which no server log sees.
    String path() {
        return path;
    }

    String template() {
        return "mail/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
