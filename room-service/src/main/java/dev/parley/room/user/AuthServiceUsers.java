package dev.parley.room.user;

import dev.parley.kit.account.AuthServiceClient;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Users;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/// Asks the auth service who somebody is. Bounded in concurrency and time; after repeated failures it refuses
/// at once for a while, so that an auth service that is away costs nobody a time-out.
@ApplicationScoped
class AuthServiceUsers {

    private final AuthServiceClient authService;

    AuthServiceUsers(AuthServiceClient authService) {
        this.authService = authService;
    }

    /// @param ids at most [AuthServiceClient#MAX_IDS]
    /// @throws RuntimeException if the auth service does not answer as agreed
    @Bulkhead(32)
    @CircuitBreaker(requestVolumeThreshold = 8, failureRatio = 0.5, delay = 2_000)
    List<Users.Versioned> find(List<UserId> ids) {
        return authService.users(ids).items();
    }
}
