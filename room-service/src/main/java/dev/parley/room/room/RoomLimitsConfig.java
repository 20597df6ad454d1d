package dev.parley.room.room;

import dev.parley.kit.limit.Rate;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How many rooms somebody may make, each rate as `30/1m` (thirty in a minute). Higher: flooding others with rooms
/// goes faster. Lower: clients that bring many rooms along have to wait.
@ConfigMapping(prefix = "parley.rooms")
interface RoomLimitsConfig {

    /// Wishes for rooms of one user, repeats too. Default 30 a minute.
    @WithDefault("30/1m")
    Rate creationPerAccount();

    /// Wishes for rooms from one address. Default 300 a minute.
    @WithDefault("300/1m")
    Rate creationPerAddress();
}
