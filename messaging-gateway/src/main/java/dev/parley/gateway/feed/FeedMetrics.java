package dev.parley.gateway.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What feeds count. Thread-safe.
final class FeedMetrics {

    private final Counter healedByGap;
    private final Counter healedByHeads;
    private final Counter resets;

    FeedMetrics(MeterRegistry registry) {
        healedByGap = heals(registry, "gap");
        healedByHeads = heals(registry, "heads");
        resets = Counter.builder("parley.feed.resets")
                .description("Rooms whose sockets were closed with 4511")
                .register(registry);
    }

    private static Counter heals(MeterRegistry registry, String cause) {
        return Counter.builder("parley.feed.heals")
                .tag("cause", cause)
                .description("Times a room's missing events were read from the log")
                .register(registry);
    }

    void healedByGap() {
        healedByGap.increment();
    }

    void healedByHeads() {
        healedByHeads.increment();
    }

    void reset() {
        resets.increment();
    }
}
