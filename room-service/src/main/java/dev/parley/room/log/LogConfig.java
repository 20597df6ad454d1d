package dev.parley.room.log;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How logs are read and relayed.
@ConfigMapping(prefix = "parley.log")
public interface LogConfig {

    /// Roughly how many events a `relay` stream keeps. Default: 4000. Higher: more of Redis' memory; lower: a
    /// gateway that stops for a moment reads the log instead.
    @WithDefault("4000")
    int relayLength();

    /// Bytes of event bodies in one page of a log. Default: 1 MiB. Higher: more memory a request; lower: more
    /// requests for a replay.
    @WithDefault("1M")
    MemorySize pageBytes();
}
