package dev.parley.gateway.admission;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.util.List;
import java.util.Optional;

/// Which pages may open sockets.
@ConfigMapping(prefix = "parley")
public interface AdmissionConfig {

    /// The origin users see, as `https://chat.example.org`; always allowed.
    @WithDefault("http://localhost:8080")
    String publicUrl();

    /// Further exact origins. More: more pages that may act for a user who is logged in there.
    @WithName("allowed-origins")
    Optional<List<String>> allowedOrigins();
}
