package dev.parley.kit.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The bounds of an HTTP request.
@ConfigMapping(prefix = "parley.http")
interface HttpConfig {

    /// Most bytes of a body. More: larger requests are held in memory before anybody knows what they are.
    @WithDefault("65536")
    long maxBodyBytes();
}
