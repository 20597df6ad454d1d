package dev.parley.room.user;

import dev.parley.model.id.UserId;
import dev.parley.model.internal.Users;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/// Asks the auth service who somebody is. Bounded in concurrency and time; after repeated failures it refuses
/// at once for a while, so that an auth service that is away costs nobody a time-out.
@ApplicationScoped
class AuthServiceUsers {

    /// As many ids as fit the request line that every HTTP server takes (4 KiB).
    static final int MAX_IDS = 100;

    private final AuthServiceApi api;
    private final String authorization;

    AuthServiceUsers(@RestClient AuthServiceApi api, AuthServiceConfig config) {
        this.api = api;
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString(("room:" + config.secret()).getBytes(StandardCharsets.UTF_8));
    }

    /// @param ids at most [#MAX_IDS]
    /// @throws RuntimeException if the auth service does not answer as agreed
    @Bulkhead(32)
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2_000)
    List<Users.Versioned> find(List<UserId> ids) {
        return api.users(authorization, ids.stream().map(UserId::toString).collect(Collectors.joining(",")))
                .items();
    }
}
