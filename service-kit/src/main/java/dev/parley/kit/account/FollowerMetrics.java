package dev.parley.kit.account;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;

/// How far a follower is, and how often its stream failed it. Thread: the follower's; the gauges are read by any.
final class FollowerMetrics {

    private final Counter healed;
    private final Counter restarts;
    private volatile long behind;
    private volatile long polledAt = System.nanoTime();

    FollowerMetrics(String follower, MeterRegistry registry) {
        healed = Counter.builder("parley.auth.events.healed")
                .description("Events that came from the auth service and not by the stream")
                .tag("follower", follower)
                .register(registry);
        restarts = Counter.builder("parley.auth.events.restarts")
                .description("Events were lost for good, or the auth service counts from a lower number")
                .tag("follower", follower)
                .register(registry);
        Gauge.builder("parley.auth.events.behind", this, metrics -> metrics.behind)
                .description("Events that were not taken when the auth service was asked last")
                .tag("follower", follower)
                .register(registry);
        Gauge.builder("parley.auth.events.unasked", this, FollowerMetrics::secondsSincePoll)
                .description("Time since the auth service has answered")
                .baseUnit("seconds")
                .tag("follower", follower)
                .register(registry);
    }

    void polled(long position, long lastN) {
        behind = Math.max(0, lastN - position);
        polledAt = System.nanoTime();
    }

    void healed(int events) {
        healed.increment(events);
    }

    void restarted() {
        restarts.increment();
    }

    private double secondsSincePoll() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - polledAt) / 1_000.0;
    }
}
