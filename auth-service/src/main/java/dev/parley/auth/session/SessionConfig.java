package dev.parley.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long a session lives.
@ConfigMapping(prefix = "parley.session")
public interface SessionConfig {

    /// A session that is not refreshed for this long is over. Default 30 days. Higher: a lost device stays logged in
    /// for longer. Lower: people who come rarely log in anew each time.
    @WithDefault("30D")
    Duration idleTimeout();

    /// A session is over at this age, used or not. Default 180 days; higher and lower as above.
    @WithDefault("180D")
    Duration absoluteTimeout();

    /// How long a spent refresh token, its successor unused, gets that successor again. Default 10 s. Higher: a thief
    /// has longer. Lower: a slow network ends sessions.
    @WithDefault("10S")
    Duration refreshGrace();
}
