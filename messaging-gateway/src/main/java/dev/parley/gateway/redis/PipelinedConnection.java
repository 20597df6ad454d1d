package dev.parley.gateway.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Commands pipelined on one connection: several times what a pool reaches, and in order.
/// After a failure it connects anew, at most every [#RECONNECT_PAUSE_NANOS]. Thread-safe.
public final class PipelinedConnection {

    private static final long RECONNECT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Redis redis;
    private @Nullable Future<RedisConnection> connection;
    private long failedAtNanos = System.nanoTime() - RECONNECT_PAUSE_NANOS;

    public PipelinedConnection(Redis redis) {
        this.redis = redis;
    }

    /// @return the answer; fails when it is not known what became of the command, or when Redis refused it
    public Future<Response> send(Request request) {
        var used = connected();
        return used.compose(open -> open.send(request)).onFailure(failure -> {
            if (!(failure instanceof ErrorType error) || error.is("CONNECTION_CLOSED")) {
                drop(used, true);
            }
        });
    }

    private synchronized Future<RedisConnection> connected() {
        var known = connection;
        if (known != null) {
            return known;
        }
        if (System.nanoTime() - failedAtNanos < RECONNECT_PAUSE_NANOS) {
            return Future.failedFuture("Redis was not available a moment ago");
        }
        var opening = redis.connect();
        connection = opening;
        // One that has failed already is dropped here and now, and is the answer all the same.
        opening.onSuccess(
                        open -> open.exceptionHandler(_ -> drop(opening, true)).endHandler(_ -> drop(opening, false)))
                .onFailure(_ -> drop(opening, true));
        return opening;
    }

    /// @param failed whether the next attempt should wait a moment; an idle connection that ended is no failure
    private synchronized void drop(Future<RedisConnection> broken, boolean failed) {
        if (broken.equals(connection)) {
            connection = null;
            if (failed) {
                failedAtNanos = System.nanoTime();
            }
            broken.onSuccess(RedisConnection::close);
        }
    }
}
