package dev.parley.kit.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/// What gateways and room services must agree on about the streams. Who does not is not ready ([PartitionAgreement]).
@ConfigMapping(prefix = "parley.streams")
public interface StreamsConfig {

    /// How many partitions are written to; the same everywhere but while it grows. Higher: more connections and
    /// smaller batches; lower: more rooms share a lane.
    @WithDefault("16")
    @Min(1)
    @Max(256)
    int partitions();

    /// How many partitions are read: at least as many as anybody writes to. Raised everywhere before `partitions` is,
    /// so that nobody writes what nobody reads. Higher: more connections that wait for nothing.
    @WithName("partitions.read")
    @WithDefault("${parley.streams.partitions:16}")
    @Min(1)
    @Max(256)
    int partitionsRead();

    /// Roughly how many signals a `signal` stream keeps; the same everywhere. Higher: more of Redis' memory; lower:
    /// a gateway that stops for a moment misses some, and only memberships are healed.
    @WithDefault("4000")
    @Min(1)
    int signalLength();
}
