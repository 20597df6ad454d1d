package dev.parley.room.user;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Where the auth service's `/internal` is, and who we are there.
@ConfigMapping(prefix = "parley.room.auth-service")
interface AuthServiceConfig {

    /// Base URL of the auth service's internal port. Default: this machine's.
    @WithDefault("http://localhost:9081")
    String url();

    /// Our password there; our name is `room`. Default: none, which is refused.
    @WithDefault("")
    String secret();
}
