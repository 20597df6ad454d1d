package dev.parley.room.search;

import dev.parley.kit.limit.ClientAddress;
import dev.parley.kit.limit.SharedRateLimiter;
import dev.parley.model.id.UserId;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/// Bounds how often one user, and one address, may search.
@ApplicationScoped
class SearchLimits {

    private final SharedRateLimiter limiter;
    private final ClientAddress addresses;
    private final SearchConfig config;

    SearchLimits(SharedRateLimiter limiter, ClientAddress addresses, SearchConfig config) {
        this.limiter = limiter;
        this.addresses = addresses;
        this.config = config;
    }

    /// @throws dev.parley.kit.problem.ProblemException `rate_limited`
    void search(HttpServerRequest request, UserId user) {
        limiter.require("message-search-address", addresses.of(request), config.perAddress());
        limiter.require("message-search", user.toString(), config.perAccount());
    }
}
