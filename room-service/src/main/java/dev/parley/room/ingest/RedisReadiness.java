package dev.parley.room.ingest;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Not ready while Redis does not answer: nothing reaches this replica then. (PostgreSQL has its check in Quarkus.)
@Readiness
final class RedisReadiness implements HealthCheck {

    private static final long TIMEOUT_SECONDS = 1;

    private final Redis redis;

    RedisReadiness(Redis redis) {
        this.redis = redis;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("redis").status(answers()).build();
    }

    private boolean answers() {
        try {
            redis.send(Request.cmd(Command.PING))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
