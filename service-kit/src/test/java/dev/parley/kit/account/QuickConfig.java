package dev.parley.kit.account;

import java.time.Duration;
import java.util.Optional;

/// Asks often, so that tests need not wait; the stream still has to be faster.
/// @param pollInterval a long one proves that it was the stream, or the hole in it
record QuickConfig(String url, Duration pollInterval, int maxEndedSessions) implements AuthServiceConfig {

    static QuickConfig of(String url, Duration pollInterval) {
        return new QuickConfig(url, pollInterval, 1_000);
    }

    @Override
    public Optional<String> caller() {
        return Optional.of("room");
    }

    @Override
    public Optional<String> secret() {
        return Optional.of("secret");
    }

    @Override
    public boolean followed() {
        return true;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(2);
    }

    @Override
    public Duration startPatience() {
        return Duration.ofSeconds(3);
    }
}
