package dev.parley.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The partitions of the streams. Everybody who writes or reads them has to agree.
@ConfigMapping(prefix = "parley.streams")
public interface StreamConfig {

    /// How many partitions there are. More: more connections and reads, less to read for each.
    @WithDefault("16")
    int partitions();

    /// Roughly how many signals a `signal` stream keeps; the room service writes to it too, so its must be the same.
    /// More: more of Redis' memory. Fewer: whoever stops for a moment misses some.
    @WithDefault("4000")
    int signalLength();

    /// How long a read waits for an entry. Longer: fewer calls when idle, later notice of a dead connection.
    @WithDefault("2s")
    Duration block();

    /// Pause before a stream that could not be read is tried again.
    @WithDefault("250ms")
    Duration retryPause();

    /// Entries read at once.
    @WithDefault("512")
    int readCount();
}
