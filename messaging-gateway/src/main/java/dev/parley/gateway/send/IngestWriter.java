package dev.parley.gateway.send;

import dev.parley.gateway.StreamConfig;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.StreamKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Appends entries to `ingest`, pipelined on one connection: several times what a pool reaches, and in order.
/// After a failure it connects anew, at most every [#RECONNECT_PAUSE_NANOS]. Thread-safe.
@ApplicationScoped
class IngestWriter {

    private static final long RECONNECT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Redis redis;
    private final StreamConfig streams;
    private @Nullable Future<RedisConnection> connection;
    private long failedAtNanos = System.nanoTime() - RECONNECT_PAUSE_NANOS;

    IngestWriter(Redis redis, StreamConfig streams) {
        this.redis = redis;
        this.streams = streams;
    }

    /// @return the entry's id; fails when it is not known whether the entry is in the stream
    Future<String> append(IngestEntry entry) {
        var partition = StreamKeys.partitionOf(entry.roomId(), streams.partitions());
        var request =
                Request.cmd(Command.XADD).arg(StreamKeys.ingest(partition)).arg("*");
        entry.toFields().forEach((name, value) -> request.arg(name).arg(value));
        var used = connected();
        return used.compose(open -> open.send(request))
                .onFailure(failure -> {
                    if (!(failure instanceof ErrorType error) || error.is("CONNECTION_CLOSED")) {
                        drop(used, true);
                    }
                })
                .map(Response::toString);
    }

    private synchronized Future<RedisConnection> connected() {
        if (connection == null) {
            if (System.nanoTime() - failedAtNanos < RECONNECT_PAUSE_NANOS) {
                return Future.failedFuture("Redis was not available a moment ago");
            }
            var opening = redis.connect();
            connection = opening;
            opening.onSuccess(open ->
                            open.exceptionHandler(_ -> drop(opening, true)).endHandler(_ -> drop(opening, false)))
                    .onFailure(_ -> drop(opening, true));
        }
        return connection;
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
