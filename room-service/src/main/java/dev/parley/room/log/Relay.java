package dev.parley.room.log;

import dev.parley.kit.redis.StreamAppend;
import dev.parley.kit.stream.StreamsConfig;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/// Tells the gateways of committed events. Best effort by design: a gateway that misses one reads the log,
/// so a failure here is counted and never undoes or delays what is committed.
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    /// Commands of one pipeline: a long one would be put before what others tell.
    private static final int MAX_PIPELINE = 500;

    private final Redis redis;
    private final RelayEntries entries;
    private final LogConfig config;
    private final StreamsConfig streams;
    private final Counter failures;

    Relay(Redis redis, RelayEntries entries, LogConfig config, StreamsConfig streams, MeterRegistry metrics) {
        this.redis = redis;
        this.entries = entries;
        this.config = config;
        this.streams = streams;
        this.failures = Counter.builder("parley.log.relay.failures")
                .description("Publications that Redis did not take; the log heals them")
                .register(metrics);
    }

    /// The command that relays one event.
    public Request command(LoggedEvent event) {
        return command(entries.of(event));
    }

    private Request command(RelayEntry entry) {
        var partition = StreamKeys.partitionOf(entry.roomId(), streams.partitions());
        return StreamAppend.to(StreamKeys.relay(partition), config.relayLength(), entry.toFields());
    }

    /// Relays events after their commit, through the pool; it does not wait for Redis.
    public void publish(List<LoggedEvent> events) {
        publishEntries(events.stream().map(entries::of).toList());
    }

    /// As [#publish], of events that are rendered already.
    public void publishEntries(List<RelayEntry> rendered) {
        for (int from = 0; from < rendered.size(); from += MAX_PIPELINE) {
            var portion = rendered.subList(from, Math.min(from + MAX_PIPELINE, rendered.size()));
            redis.batch(portion.stream().map(this::command).toList()).onFailure(this::failed);
        }
    }

    /// Counts a publication that failed.
    private void failed(Throwable cause) {
        failures.increment();
        LOG.debugf(cause, "relay failed");
    }
}
