package dev.parley.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How this gateway reads streams. What all who share them must agree on is [dev.parley.kit.stream.StreamsConfig].
@ConfigMapping(prefix = "parley.gateway.streams")
public interface StreamConfig {

    /// How long a read waits for an entry. Longer: fewer calls when idle, later notice of a dead connection.
    @WithDefault("2s")
    Duration block();

    /// Pause before a stream that could not be read is tried again. Longer: later recovery; shorter: more attempts
    /// while Redis is away.
    @WithDefault("250ms")
    Duration retryPause();

    /// Entries read at once. More: fewer calls when busy, more in memory at a time.
    @WithDefault("512")
    int readCount();
}
