package dev.parley.gateway.feed;

import java.time.Duration;

/// Bounds small enough to be reached, waits short enough for a test.
record QuickFeedConfig(int ringEvents, int holdEvents, int logPage, Duration gapLimit) implements FeedConfig {

    static QuickFeedConfig standard() {
        return new QuickFeedConfig(8, 16, 10, Duration.ofSeconds(5));
    }

    @Override
    public long ringBytes() {
        return 100_000;
    }

    @Override
    public long ringTotalBytes() {
        return 1_000_000;
    }

    @Override
    public long backlogBytes() {
        return 1_000_000;
    }

    @Override
    public long holdBytes() {
        return 100_000;
    }

    @Override
    public Duration gapPatience() {
        return Duration.ofMillis(2);
    }

    @Override
    public Duration retryPause() {
        return Duration.ofMillis(5);
    }

    @Override
    public long replayBytes() {
        return 200;
    }

    @Override
    public Duration headsInterval() {
        return Duration.ofMillis(50);
    }

    @Override
    public Duration idleLimit() {
        return Duration.ofSeconds(30);
    }
}
