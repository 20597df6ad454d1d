package dev.parley.auth.event;

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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Carries events from the outbox to the stream `auth:events`. Every replica does; the entry's id is the event's
/// number, so Redis itself refuses the second copy and the wrong order. Where to go on is read from the stream, so a
/// Redis that lost its end gets it again.
///
/// Thread: one virtual thread of its own; [#wake] may be called from any.
@ApplicationScoped
class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 500;

    private final EventLog log;
    private final EventConfig config;
    private final StreamConnection stream;
    private final Semaphore work = new Semaphore(0);
    private volatile boolean stopped;
    private @Nullable Thread thread;
    private @Nullable Long sentUpTo;

    Relay(EventLog log, EventConfig config, Redis redis) {
        this.log = log;
        this.config = config;
        this.stream = new StreamConnection(redis, TIMEOUT);
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofVirtual().name("event-relay").start(this::run);
    }

    void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Appended event) {
        work.release();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        work.release();
        if (thread != null) {
            thread.join(TIMEOUT);
        }
        stream.close();
    }

    private void run() {
        var reachable = true;
        while (!stopped) {
            try {
                relay();
                if (!reachable) {
                    LOG.info("event relay goes on");
                }
                reachable = true;
            } catch (RuntimeException e) {
                sentUpTo = null;
                if (reachable) {
                    LOG.warnf("event relay waits cause=%s", e.toString());
                }
                reachable = false;
            }
            pause();
        }
    }

    private void relay() {
        var from = sentUpTo == null ? lastInStream() : sentUpTo;
        var events = log.after(from, BATCH);
        while (!events.isEmpty() && !stopped) {
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

    private void pause() {
        try {
            if (work.tryAcquire(config.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
