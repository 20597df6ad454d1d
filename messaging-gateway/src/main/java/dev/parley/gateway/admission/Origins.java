package dev.parley.gateway.admission;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The exact origins whose pages may open sockets. Browsers do not apply CORS to WebSockets,
/// so the server has to look (RFC 6455 §10.2).
@ApplicationScoped
class Origins {

    private final Set<String> allowed;

    Origins(AdmissionConfig config) {
        allowed = new HashSet<>(config.allowedOrigins().orElse(List.of()));
        allowed.add(config.publicUrl().replaceFirst("/+$", ""));
    }

    /// @param origin the header; absent, it is no browser, and nothing is to be feared
    boolean allow(@Nullable String origin) {
        return origin == null || allowed.contains(origin);
    }
}
