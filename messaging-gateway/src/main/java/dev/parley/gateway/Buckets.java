package dev.parley.gateway;

import java.time.Duration;
import java.util.stream.LongStream;

/// The bounds of latency histograms: from what a person does not notice to what a client gives up at.
public final class Buckets {

    public static final Duration[] MILLISECONDS = LongStream.of(
                    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private Buckets() {}
}
