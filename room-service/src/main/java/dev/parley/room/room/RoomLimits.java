package dev.parley.room.room;

import dev.parley.kit.limit.ClientAddress;
import dev.parley.kit.limit.SharedRateLimiter;
import dev.parley.model.id.UserId;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

/// Bounds how many rooms one user, and one address, may make.
@ApplicationScoped
class RoomLimits {

    private final SharedRateLimiter limiter;
    private final ClientAddress addresses;
    private final RoomLimitsConfig config;

    RoomLimits(SharedRateLimiter limiter, ClientAddress addresses, RoomLimitsConfig config) {
        this.limiter = limiter;
        this.addresses = addresses;
        this.config = config;
    }

    /// @throws dev.parley.kit.problem.ProblemException `rate_limited`
    void creation(HttpServerRequest request, UserId user) {
        limiter.require("room-address", addresses.of(request), config.creationPerAddress());
        limiter.require("room", user.toString(), config.creationPerAccount());
    }
}
