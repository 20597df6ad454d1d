package dev.parley.gateway.feed;

import dev.parley.gateway.Buckets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/// What feeds count. Thread-safe.
final class FeedMetrics {

    private final Counter healedByGap;
    private final Counter healedByHeads;
    private final Counter resets;
    private final Counter ringReads;
    private final Counter logReads;
    private final Timer fanOut;
    private final Timer sendToDeliver;

    FeedMetrics(MeterRegistry registry) {
        healedByGap = heals(registry, "gap");
        healedByHeads = heals(registry, "heads");
        ringReads = reads(registry, "ring");
        logReads = reads(registry, "log");
        fanOut = Timer.builder("parley.feed.fanout")
                .description("From an event's turn in its room to its being written for all sockets of an event loop")
                .serviceLevelObjectives(Buckets.MILLISECONDS)
                .register(registry);
        sendToDeliver = Timer.builder("parley.send.deliver")
                .description("From a message's arrival to its event being written for all sockets here")
                .serviceLevelObjectives(Buckets.MILLISECONDS)
                .register(registry);
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

    private static Counter reads(MeterRegistry registry, String source) {
        return Counter.builder("parley.feed.reads")
                .tag("source", source)
                .description("Parts of the past that readers asked for: resumes, and who fell behind")
                .register(registry);
    }

    void readFromRing() {
        ringReads.increment();
    }

    void readFromLog() {
        logReads.increment();
    }

    /// @param publishedNanos by [System#nanoTime]
    void fannedOut(long publishedNanos) {
        fanOut.record(System.nanoTime() - publishedNanos, TimeUnit.NANOSECONDS);
    }

    /// Every reader on every event loop has it. Counts the messages that came to this gateway, by one clock.
    void delivered(EventBatch batch) {
        var now = System.nanoTime();
        for (var event : batch.events()) {
            event.arrivedNanos().ifPresent(arrived -> sendToDeliver.record(now - arrived, TimeUnit.NANOSECONDS));
        }
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
