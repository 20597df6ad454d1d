package dev.parley.auth.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How events reach the other services.
@ConfigMapping(prefix = "parley.event")
public interface EventConfig {

    /// How often the outbox is looked at for events of other replicas, or left from a time without Redis; own events
    /// go at once. Default 500 ms. Higher: a revoked session lives longer elsewhere. Lower: idle queries.
    @WithDefault("0.5S")
    Duration pollInterval();

    /// How long an event stays in the stream. Default 24 h. Higher: more memory in Redis. Lower: a reader that was away
    /// asks this service more often.
    @WithDefault("24H")
    Duration streamAge();

    /// How long events can be read from `/internal/events`. Default 30 days. Lower: a reader that was away for longer
    /// has to ask for users by id.
    @WithDefault("30D")
    Duration retention();
}
