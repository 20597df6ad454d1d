package dev.parley.gateway.roomservice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How much is asked of the room service at a time, by one gateway.
@ConfigMapping(prefix = "parley.gateway.calls")
public interface CallConfig {

    /// Questions about participation, each for up to 100 rooms. More: a crowd that comes back is served sooner,
    /// and takes more of the room service from the others.
    @WithDefault("16")
    int standingsAtOnce();

    /// Read cursors moved at the same time.
    @WithDefault("16")
    int readsAtOnce();

    /// Calls of a kind that may wait for their turn; those above are refused as `unavailable`.
    @WithDefault("10000")
    int waiting();

    /// How long a call may wait for its turn. Longer: more of a crowd gets in at the first attempt, later refusals.
    @WithDefault("10s")
    Duration patience();
}
