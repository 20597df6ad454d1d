package dev.parley.room.search;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much of a replica searches may take.
@ConfigMapping(prefix = "parley.search")
interface SearchConfig {

    /// Searches of a replica at a time; the next wait half a second and are told `unavailable`. Default: 4, an eighth
    /// of its connections. Higher: searches of common words hold up senders; lower: more of them are refused.
    @WithDefault("4")
    int atOnce();
}
