package dev.parley.auth.event;

import dev.parley.auth.background.Loop;
import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.AuthEvent;
import dev.parley.model.stream.StreamKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Carries events from the outbox to the stream `auth:events`. Every replica does; the entry's id is the event's
/// number, so Redis itself refuses the second copy and the wrong order. After a failure it reads from the stream where
/// to go on, so a Redis that lost its end gets it again.
///
/// Thread: one loop's; [#wake] may be called from any.
@ApplicationScoped
class Relay {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    private final EventLog log;
    private final EventConfig config;
    private final StreamConnection stream;
    private @Nullable Loop loop;
    private @Nullable Long sentUpTo;

    Relay(EventLog log, EventConfig config, Redis redis) {
        this.log = log;
        this.config = config;
        this.stream = new StreamConnection(redis, TIMEOUT);
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("event-relay", config.pollInterval(), this::relay);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Appended event) {
        if (loop != null) {
            loop.wake();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
        stream.close();
    }

    private void relay() {
        var from = sentUpTo == null ? lastInStream() : sentUpTo;
        sentUpTo = null; // unless all goes well
        var events = log.after(from, BATCH);
        while (!events.isEmpty()) {
            events.forEach(this::send);
            from = events.getLast().n();
            events = log.after(from, BATCH);
        }
        sentUpTo = from;
    }

    private long lastInStream() {
        var newest = stream.send(Request.cmd(Command.XREVRANGE)
                .arg(StreamKeys.AUTH_EVENTS)
                .arg("+")
                .arg("-")
                .arg("COUNT")
                .arg("1"));
        var records = StreamRecord.ofEntries(newest);
        return records.isEmpty() ? 0 : AuthEvent.of(records.getFirst().fields()).n();
    }

    private void send(AuthEvent event) {
        var request = Request.cmd(Command.XADD)
                .arg(StreamKeys.AUTH_EVENTS)
                .arg("MAXLEN")
                .arg("~")
                .arg(Integer.toString(config.streamLength()))
                .arg(event.n() + "-0");
        event.toFields().forEach((name, value) -> request.arg(name).arg(value));
        try {
            stream.send(request);
        } catch (RedisErrorException e) {
            // "The ID specified in XADD is equal or smaller": another replica was faster. Anything else is a failure.
            if (!String.valueOf(e.getMessage()).contains("equal or smaller")) {
                throw e;
            }
        }
    }
}
