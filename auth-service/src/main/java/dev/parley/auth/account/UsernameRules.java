package dev.parley.auth.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/// Decides whether a text may become a username.
@ApplicationScoped
public class UsernameRules {

    private final AccountConfig config;

    UsernameRules(AccountConfig config) {
        this.config = config;
    }

    /// Why `text` cannot be chosen; empty if it can, as far as its form goes: it may still be taken.
    public Optional<String> violation(String text) {
        return Username.violation(text)
                .or(() -> config.reservedUsernames().contains(text.toLowerCase(Locale.ROOT))
                        ? Optional.of("is reserved")
                        : Optional.empty());
    }
}
