package dev.parley.kit.http;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/// The services' source of time, cut to milliseconds where it is made: a column would keep micros, JSON would not.
final class ServiceClock {

    private ServiceClock() {}

    @Produces
    @Singleton
    static InstantSource instantSource() {
        return Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
    }
}
