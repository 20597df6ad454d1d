package dev.parley.room.search;

import dev.parley.kit.limit.Rate;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much of a replica searches may take.
@ConfigMapping(prefix = "parley.search")
interface SearchConfig {

    /// Searches of a replica at a time; the next wait half a second and are told `unavailable`. Default: 4, an eighth
    /// of its connections. Higher: searches of common words hold up senders; lower: more of them are refused.
    @WithDefault("4")
    int atOnce();

    /// Searches of one user, pages too, as `60/1m` (sixty in a minute). Default: 60 a minute. Higher: one user takes
    /// more of the database; lower: a client that searches at each key is refused.
    @WithDefault("60/1m")
    Rate perAccount();

    /// Searches from one address. Default: 600 a minute. Higher: one network takes more of the database; lower: offices
    /// behind one address are refused.
    @WithDefault("600/1m")
    Rate perAddress();
}
