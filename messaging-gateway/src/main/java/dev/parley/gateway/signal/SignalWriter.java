package dev.parley.gateway.signal;

import dev.parley.gateway.redis.PipelinedConnection;
import dev.parley.kit.redis.StreamAppend;
import dev.parley.kit.stream.StreamsConfig;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/// Appends signals to `signal:{p}`, in order. What cannot be written at once is dropped: it is of the moment.
/// Thread-safe.
@ApplicationScoped
public class SignalWriter {

    /// Signals on their way to Redis; above, they are dropped.
    private static final int UNDER_WAY_LIMIT = 1_000;

    private final PipelinedConnection redis;
    private final StreamsConfig streams;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Counter dropped;

    SignalWriter(Redis redis, StreamsConfig streams, MeterRegistry registry) {
        this.redis = new PipelinedConnection(redis);
        this.streams = streams;
        this.dropped = Counter.builder("parley.signal.dropped")
                .tag("cause", "redis")
                .description("Signals that could not be written to Redis")
                .register(registry);
    }

    public void write(Signal signal) {
        if (underWay.incrementAndGet() > UNDER_WAY_LIMIT) {
            underWay.decrementAndGet();
            dropped.increment();
            return;
        }
        var request = StreamAppend.to(
                StreamKeys.signal(signal.partition(streams.partitions())), streams.signalLength(), signal.toFields());
        redis.send(request).onComplete(written -> {
            underWay.decrementAndGet();
            if (written.failed()) {
                dropped.increment();
            }
        });
    }
}
