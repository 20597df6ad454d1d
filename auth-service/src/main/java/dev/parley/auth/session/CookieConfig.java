package dev.parley.auth.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/// Whose pages may use the refresh token that a browser keeps in a cookie.
@ConfigMapping(prefix = "parley.cookie")
public interface CookieConfig {

    /// The origin users see; always allowed. Default `parley.public-url`, else `http://localhost:8080`.
    @WithDefault("${parley.public-url:http://localhost:8080}")
    String publicUrl();

    /// Further exact origins, comma-separated. Default `parley.allowed-origins`, else none. More: more pages that may
    /// act for a user who is logged in.
    @WithDefault("${parley.allowed-origins:}")
    Optional<List<String>> allowedOrigins();
}
