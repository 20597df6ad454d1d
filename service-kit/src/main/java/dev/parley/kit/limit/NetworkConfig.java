package dev.parley.kit.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/// What stands before a service.
@ConfigMapping(prefix = "parley.network")
interface NetworkConfig {

    /// Networks (`10.0.0.0/8`) whose `X-Forwarded-For` is believed. Default: this machine. More: whoever sits there
    /// may pretend to be any address. Fewer: everybody behind a proxy counts as one.
    @WithDefault("127.0.0.0/8,::1/128")
    List<String> trustedProxies();
}
