package dev.parley.client.session;

import java.time.Duration;
import java.time.Instant;

/// What is shown to services.
///
/// @param expiresAt by this machine's clock: the time of its arrival and the seconds that the server gave it
/// @param lifetime from its arrival
public record AccessToken(String value, Instant expiresAt, Duration lifetime) {

    private static final Duration EARLY = Duration.ofSeconds(60);

    /// Whether it is time for a new one: in its last minute, or last quarter when it lives for less than four.
    boolean isOld(Instant now) {
        return !now.isBefore(expiresAt.minus(lead(lifetime)));
    }

    /// How long before its end a token is replaced.
    public static Duration lead(Duration lifetime) {
        Duration quarter = lifetime.dividedBy(4);
        return quarter.compareTo(EARLY) < 0 ? quarter : EARLY;
    }

    /// Without the token: it belongs in no log.
    @Override
    public String toString() {
        return "AccessToken[expiresAt=" + expiresAt + "]";
    }
}
