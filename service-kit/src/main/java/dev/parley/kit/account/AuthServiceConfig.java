package dev.parley.kit.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Where the auth service's `/internal` is, who we are there, and how closely it is followed.
@ConfigMapping(prefix = "parley.auth-service")
public interface AuthServiceConfig {

    /// Base URL of the auth service's internal port. Default: this machine's.
    @WithDefault("http://localhost:9081")
    String url();

    /// Our name there. Default: none, which is refused.
    Optional<String> caller();

    /// Our password there. Default: none, which is refused.
    Optional<String> secret();

    /// Whether ended sessions are followed. Only the auth service itself, which has them in its database, does not.
    /// Default: true.
    @WithDefault("true")
    boolean followed();

    /// How often the auth service is asked for events that its stream may have lost; while the stream cannot be read
    /// it is asked at least every 2 s, whatever this says. Default: 5 s. Higher: an ended session whose event was
    /// lost is refused later (the promise is 30 s); lower: more requests when nothing happens.
    @WithDefault("5S")
    Duration pollInterval();

    /// How long one request to it may take. Default: 2 s. Higher: what the stream has waits longer behind an auth
    /// service that hangs; lower: a busy one counts as away.
    @WithDefault("2S")
    Duration timeout();

    /// How long the start waits for the ended sessions. After that the service is up, but not ready, and answers
    /// `unavailable` to whoever has a token. Default: 3 s. Higher: a slower start without an auth service.
    @WithDefault("3S")
    Duration startPatience();

    /// Ended sessions that are remembered, 150 bytes each, until their tokens expire; beyond it the first ones are
    /// forgotten, and the metric `parley.session.forgotten` counts them. Default: 1,000,000, which a thousand in a
    /// second reach in a quarter of an hour. Lower: less memory, and sessions that live on under such an attack.
    @WithDefault("1000000")
    int maxEndedSessions();
}
