package dev.parley.kit.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// Whose pages may use this service from a browser: one list for REST, cookies and sockets.
@ConfigMapping(prefix = "parley.origins")
interface OriginsConfig {

    /// The origin users see, as `https://chat.example.org`; always listed. Default: `parley.public-url`, else
    /// `http://localhost:8080`.
    @WithDefault("${parley.public-url:http://localhost:8080}")
    String publicUrl();

    /// Further exact origins, comma-separated. Default: `parley.allowed-origins`, else none. More: more pages that may
    /// act for a user who is logged in there.
    @WithDefault("${parley.allowed-origins:}")
    Optional<List<String>> allowed();
}
