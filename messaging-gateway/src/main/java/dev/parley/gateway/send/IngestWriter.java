package dev.parley.gateway.send;

import dev.parley.gateway.redis.PipelinedConnection;
import dev.parley.kit.redis.StreamAppend;
import dev.parley.kit.stream.StreamsConfig;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.StreamKeys;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

/// Appends entries to `ingest`, in order. Thread-safe.
@ApplicationScoped
class IngestWriter {

    private final PipelinedConnection redis;
    private final StreamsConfig streams;

    IngestWriter(Redis redis, StreamsConfig streams) {
        this.redis = new PipelinedConnection(redis);
        this.streams = streams;
    }

    /// @return the entry's id; fails when it is not known whether the entry is in the stream
    Future<String> append(IngestEntry entry) {
        var partition = StreamKeys.partitionOf(entry.roomId(), streams.partitions());
        return redis.send(StreamAppend.to(StreamKeys.ingest(partition), entry.toFields()))
                .map(Response::toString);
    }
}
