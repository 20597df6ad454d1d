package dev.parley.gateway.admission;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/// Which pages may open sockets.
@ConfigMapping(prefix = "parley.gateway.admission")
public interface AdmissionConfig {

    /// The origin users see, as `https://chat.example.org`; always allowed. Default: `parley.public-url`.
    String publicUrl();

    /// Further exact origins. Default: `parley.allowed-origins`. More: more pages that may act for a user who is logged
    /// in there.
    Optional<List<String>> allowedOrigins();
}
