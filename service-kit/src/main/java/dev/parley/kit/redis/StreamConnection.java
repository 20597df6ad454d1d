package dev.parley.kit.redis;

import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One Redis connection, held for as long as it works: for blocking reads, which would starve a pool, and for
/// pipelined writes, whose order it keeps. It connects when first used; after any failure the next call connects anew.
///
/// Thread: one virtual (or other blockable) thread at a time.
public final class StreamConnection implements AutoCloseable {

    private final Redis redis;
    private final Duration timeout;
    private @Nullable RedisConnection connection;

    /// @param timeout for connecting and for each call; longer than any `BLOCK` in it
    public StreamConnection(Redis redis, Duration timeout) {
        this.redis = redis;
        this.timeout = timeout;
    }

    /// Sends one command.
    /// @return the answer; null is Redis' nil, as of a blocking read that found nothing
    /// @throws RedisErrorException if Redis refuses the command; the connection lives
    /// @throws RedisUnavailableException if it is not known what became of the command
    public @Nullable Response send(Request request) {
        return call(connected -> connected.send(request).toCompletionStage());
    }

    /// Sends commands in one write.
    /// @return the answers in order
    /// @throws RedisErrorException if Redis refuses any of them; the others were carried out
    /// @throws RedisUnavailableException if it is not known what became of them
    public List<@Nullable Response> batch(List<Request> requests) {
        var answers = call(connected -> connected.batch(requests).toCompletionStage());
        return answers == null ? List.of() : answers;
    }

    private interface Call<T> {
        CompletionStage<T> on(RedisConnection connection);
    }

    private <T> @Nullable T call(Call<T> call) {
        try {
            if (connection == null) {
                connection = connect();
            }
            return await(call.on(connection));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ErrorType error && !error.is("CONNECTION_CLOSED")) {
                throw new RedisErrorException(String.valueOf(error.getMessage()));
            }
            close();
            throw new RedisUnavailableException(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw new RedisUnavailableException(e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new RedisUnavailableException(e);
        }
    }

    /// One that comes after the time-out goes back to the pool, which would miss it otherwise.
    private RedisConnection connect() throws ExecutionException, TimeoutException, InterruptedException {
        var connecting = redis.connect();
        try {
            return await(connecting.toCompletionStage());
        } catch (TimeoutException | InterruptedException e) {
            connecting.onSuccess(RedisConnection::close);
            throw e;
        }
    }

    private <T> T await(CompletionStage<T> stage) throws ExecutionException, TimeoutException, InterruptedException {
        return stage.toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Hands the connection back to its pool. One that Redis does not answer is ended by the read-idle time-out.
    @Override
    public void close() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
