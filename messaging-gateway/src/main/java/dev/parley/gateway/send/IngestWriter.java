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
        return connected()
                .compose(open -> open.send(request).onFailure(failure -> dropUnlessRefused(open, failure)))
                .map(Response::toString);
    }

    private synchronized Future<RedisConnection> connected() {
        if (connection == null) {
            if (System.nanoTime() - failedAtNanos < RECONNECT_PAUSE_NANOS) {
                return Future.failedFuture("Redis was not available a moment ago");
            }
            connection = redis.connect().onSuccess(this::watch).onFailure(failure -> drop(null));
        }
        return connection;
    }

    private void watch(RedisConnection open) {
        open.exceptionHandler(failure -> drop(open)).endHandler(ended -> drop(open));
    }

    private void dropUnlessRefused(RedisConnection open, Throwable failure) {
        if (!(failure instanceof ErrorType)) {
            drop(open);
        }
    }

    /// @param broken null when none could be made
    private synchronized void drop(@Nullable RedisConnection broken) {
        if (connection != null && (broken == null || broken.equals(connection.result()))) {
            connection = null;
            failedAtNanos = System.nanoTime();
            if (broken != null) {
                broken.close();
            }
        }
    }
}
