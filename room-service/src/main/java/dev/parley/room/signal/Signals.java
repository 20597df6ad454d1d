package dev.parley.room.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.kit.redis.StreamAppend;
import dev.parley.kit.stream.StreamsConfig;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Publishes signals after the commit of what they tell. Best effort by design: a failure is counted, and never
/// undoes, delays or fails what is committed.
///
/// Thread-safe. Nothing here waits for Redis.
@ApplicationScoped
public class Signals {

    /// Most commands of one [#publish], so that many signals are not put before what others tell.
    public static final int MAX_BATCH = 500;

    /// One key for all replicas, in the stream's slot: together they publish no more often than one.
    private static final String SPARSELY = """
            local told = redis.call('GET', KEYS[1])
            if told then
                if tonumber(told) >= tonumber(ARGV[1]) then
                    return 0
                end
                return math.max(1, redis.call('PTTL', KEYS[1]))
            end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
            return 0""";

    private static final Logger LOG = Logger.getLogger(Signals.class);

    private final Redis redis;
    private final ObjectMapper json;
    private final StreamsConfig streams;
    private final Counter dropped;

    Signals(Redis redis, ObjectMapper json, StreamsConfig streams, MeterRegistry metrics) {
        this.redis = redis;
        this.json = json;
        this.streams = streams;
        this.dropped = Counter.builder("parley.signal.dropped")
                .tag("cause", "redis")
                .description("Signals that could not be written to Redis")
                .register(metrics);
    }

    /// @param except a connection that knows already; null if none does
    public Signal signal(Signal.Audience audience, @Nullable Origin except, Frame frame) {
        try {
            return new Signal(audience, frame.type(), except, json.writeValueAsString(frame));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a frame is not serialisable: " + frame.type(), e);
        }
    }

    /// @param signals at most [#MAX_BATCH]
    /// @return when Redis has answered; a failure is counted already
    public Future<List<Response>> publish(List<Signal> signals) {
        return signals.isEmpty()
                ? Future.succeededFuture(List.of())
                : redis.batch(signals.stream().map(this::add).toList())
                        .onFailure(cause -> failed(cause, signals.size()));
    }

    /// Publishes a signal unless one under the same name was published within an interval.
    /// @param name of what the signal tells the present state of
    /// @param state grows with every change of it
    /// @return the milliseconds after which to try again, with the state of then; 0 when it is published, or when
    ///     one with this state, or a higher one, was
    public Future<Long> publishSparsely(Signal signal, String name, long state, long intervalMillis) {
        var request = Request.cmd(Command.EVAL)
                .arg(SPARSELY)
                .arg(2)
                .arg("signal-told:{" + signal.partition(streams.partitions()) + "}:" + name)
                .arg(StreamKeys.signal(signal.partition(streams.partitions())))
                .arg(state)
                .arg(intervalMillis)
                .arg(streams.signalLength());
        signal.toFields().forEach((field, value) -> request.arg(field).arg(value));
        return redis.send(request).map(Response::toLong).onFailure(cause -> failed(cause, 1));
    }

    private Request add(Signal signal) {
        return StreamAppend.to(
                StreamKeys.signal(signal.partition(streams.partitions())), streams.signalLength(), signal.toFields());
    }

    private void failed(Throwable cause, int signals) {
        dropped.increment(signals);
        LOG.debugf(cause, "signals not published");
    }
}
