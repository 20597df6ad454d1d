package dev.parley.auth;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The service's time in tests: real, and moved on by a test that cannot wait. One for all tests of a run.
@Alternative
@Priority(1)
@Singleton
public class TestClock implements InstantSource {

    private static volatile Duration ahead = Duration.ZERO;

    public static void advance(Duration duration) {
        ahead = ahead.plus(duration);
    }

    public static void reset() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead).truncatedTo(ChronoUnit.MILLIS);
    }
}
