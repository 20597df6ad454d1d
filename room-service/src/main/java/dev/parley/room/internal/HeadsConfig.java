package dev.parley.room.internal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How gateways are told which rooms changed.
@ConfigMapping(prefix = "parley.heads")
interface HeadsConfig {

    /// How far before a watermark is looked, for transactions that had changed a room but not committed when the
    /// watermark was made. Default: 10 s, above the 5 s that a transaction may last. Higher: more rooms an answer;
    /// lower than a transaction: a change is missed.
    @WithDefault("10S")
    Duration overlap();

    /// How old a watermark may be. Default: 60 s. Higher: longer scans; lower: more full checks by gateways.
    @WithDefault("60S")
    Duration maxAge();

    /// Most rooms in an answer. Default: 50000. Higher: larger answers; lower: more full checks on busy systems.
    @WithDefault("50000")
    int maxRooms();

    /// Most memberships in an answer. Default: 10000. Higher: larger answers, repeated for the time of the overlap;
    /// lower: when a room of thousands is deleted, more clients come back to read their lists of rooms.
    @WithDefault("10000")
    int maxMemberships();

    /// How long an answer serves all gateways. Default: 250 ms. Higher: gaps heal later; lower: more queries.
    @WithDefault("250MS")
    Duration cacheFor();
}
