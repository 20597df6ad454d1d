package dev.parley.gateway.admission;

import dev.parley.kit.http.AllowedOrigins;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/// Whose pages may open sockets. Browsers do not apply CORS to WebSockets, so the server has to look
/// (RFC 6455 §10.2).
@ApplicationScoped
class Origins {

    private final AllowedOrigins allowed;

    Origins(AllowedOrigins allowed) {
        this.allowed = allowed;
    }

    /// @param origin the header; absent, it is no browser, and nothing is to be feared
    boolean allow(@Nullable String origin) {
        return origin == null || allowed.contains(origin);
    }
}
