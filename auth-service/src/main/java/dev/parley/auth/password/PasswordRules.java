package dev.parley.auth.password;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Decides whether a text may become a password. No composition rules (NIST SP 800-63B-4 §3.1.1.2).
@ApplicationScoped
public class PasswordRules {

    private final PasswordConfig config;

    PasswordRules(PasswordConfig config) {
        this.config = config;
    }

    /// Why `text` cannot be chosen; empty if it can.
    public Optional<String> violation(String text) {
        return Password.violation(text, config.minLength());
    }
}
