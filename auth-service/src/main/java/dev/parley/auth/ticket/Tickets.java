package dev.parley.auth.ticket;

import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.token.SocketTicket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Makes tickets of 256 random bits and puts them where the gateway finds them.
@ApplicationScoped
class Tickets {

    private static final int BYTES = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Redis redis;
    private final SecureRandom random = new SecureRandom();

    Tickets(Redis redis) {
        this.redis = redis;
    }

    /// @throws ProblemException `unavailable` if Redis is
    String issue(Caller caller) {
        var secret = new byte[BYTES];
        random.nextBytes(secret);
        var ticket =
                SocketTicket.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        var meaning = new SocketTicket(caller.userId(), caller.sessionId(), caller.username(), caller.expiresAt());
        var request = Request.cmd(Command.SET)
                .arg(SocketTicket.key(ticket))
                .arg(meaning.toText())
                .arg("EX")
                .arg(SocketTicket.LIFETIME.toSeconds());
        try {
            redis.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return ticket;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.of(ProblemCode.UNAVAILABLE);
        } catch (ExecutionException | TimeoutException e) {
            throw ProblemException.of(ProblemCode.UNAVAILABLE);
        }
    }
}
