package dev.parley.room.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What gateways and room service must agree on about the streams.
@ConfigMapping(prefix = "parley.streams")
public interface StreamsConfig {

    /// How many partitions the streams have; the gateways' must be the same. Default: 16. Higher: more connections
    /// and smaller batches; lower: more rooms share a lane.
    @WithDefault("16")
    int partitions();

    /// Roughly how many signals a `signal` stream keeps; the gateways' must be the same. Default: 4000. Higher: more
    /// of Redis' memory; lower: a gateway that stops for a moment misses some, and only memberships are healed.
    @WithDefault("4000")
    int signalLength();
}
