package dev.parley.room.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How erased accounts leave their groups.
@ConfigMapping(prefix = "parley.erasure")
interface ErasureConfig {

    /// How often it is looked for erased accounts. Default: 1 s. Higher: they leave later; lower: idle queries.
    @WithDefault("1S")
    Duration interval();

    /// How long one replica has an account for itself; after a crash another goes on then. Default: 10 s. Lower: two
    /// replicas wait for each other's rooms, which harms nothing.
    @WithDefault("10S")
    Duration lease();

    /// When it is looked a last time: above the longest way of a request that found the account alive and then adds it
    /// to a group (4 s for connections, 5 s for a transaction). Default: 30 s. Lower: it might stay in that group.
    @WithDefault("30S")
    Duration lastLook();
}
