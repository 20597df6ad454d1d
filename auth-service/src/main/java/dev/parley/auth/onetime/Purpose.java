package dev.parley.auth.onetime;

import java.time.Duration;

/// What a link in a mail is good for.
public enum Purpose {
    RESET_PASSWORD(Duration.ofMinutes(30)),
    VERIFY_EMAIL(Duration.ofHours(24));

    private final Duration lifetime;

    Purpose(Duration lifetime) {
        this.lifetime = lifetime;
    }

    Duration lifetime() {
        return lifetime;
    }
}
