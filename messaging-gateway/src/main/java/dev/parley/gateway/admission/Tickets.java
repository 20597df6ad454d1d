package dev.parley.gateway.admission;

import dev.parley.kit.account.EndedSessions;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.token.SocketTicket;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Tickets of the auth service: good for one socket within 30 s, so that a URL in somebody's log opens nothing.
/// Thread: any that may block.
@ApplicationScoped
class Tickets {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisAPI redis;
    private final EndedSessions endedSessions;

    Tickets(RedisAPI redis, EndedSessions endedSessions) {
        this.redis = redis;
        this.endedSessions = endedSessions;
    }

    static boolean isTicket(String token) {
        return token.startsWith(SocketTicket.PREFIX);
    }

    /// Takes the ticket out of Redis: of two who present it one gets in.
    /// @throws ProblemException with `unauthenticated` if it was used, is too old, or never was, or if its bearer's
    ///     session has ended; with `unavailable` if Redis cannot tell
    Caller redeem(String ticket) {
        var value = take(SocketTicket.key(ticket));
        if (value == null) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, "The ticket is not valid");
        }
        var bearer = SocketTicket.of(value.toString());
        endedSessions.requireLive(bearer.sessionId());
        return new Caller(bearer.userId(), bearer.sessionId(), bearer.username(), bearer.expiresAt());
    }

    private @Nullable Response take(String key) {
        try {
            return redis.getdel(key)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemCode.UNAVAILABLE);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "Tickets cannot be looked up at the moment");
        }
    }
}
