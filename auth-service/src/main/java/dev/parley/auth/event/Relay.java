package dev.parley.auth.event;

import dev.parley.auth.background.Loop;
import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.StreamConnection;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Carries events from the outbox to the stream `auth:events`. Every replica does; the entry's id is the event's
/// number, so Redis itself refuses the second copy and the wrong order. After a failure or a refusal it reads from the
/// stream where to go on, so a Redis that lost its end gets it again.
///
/// A stream that is ahead of the database was written before a backup of the database was restored: it would refuse
/// every event until the numbers meet again. It is dropped and filled anew; its readers are told to start over by
/// `/internal/events`, which does not know their number (`complete` is false).
///
/// Thread: one loop's; [#wake] may be called from any.
@ApplicationScoped
class Relay {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BATCH = 500;
    private static final String NEVER_WRITTEN = "0-0";
    private static final Logger LOG = Logger.getLogger(Relay.class);

    private static final String NEWEST_ID = """
            if redis.call('EXISTS', KEYS[1]) == 1 then
                local info = redis.call('XINFO', 'STREAM', KEYS[1])
                for i = 1, #info, 2 do
                    if info[i] == 'last-generated-id' then
                        return info[i + 1]
                    end
                end
            end
            return '0-0'
            """;

    /// Only if it is still the stream that was looked at: another replica may have filled it anew.
    private static final String DROP = """
            if redis.call('EXISTS', KEYS[1]) == 1 then
                local info = redis.call('XINFO', 'STREAM', KEYS[1])
                for i = 1, #info, 2 do
                    if info[i] == 'last-generated-id' and info[i + 1] == ARGV[1] then
                        return redis.call('DEL', KEYS[1])
                    end
                end
            end
            return 0
            """;

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
        var from = sentUpTo == null ? whereToGoOn() : sentUpTo;
        sentUpTo = null; // unless all goes well
        var allTaken = true;
        var events = log.after(from, BATCH);
        while (!events.isEmpty()) {
            var oldest = log.extent(config.streamAge()).first();
            for (var event : events) {
                allTaken &= send(event, oldest);
            }
            from = events.getLast().n();
            events = log.after(from, BATCH);
        }
        if (allTaken) {
            sentUpTo = from;
        }
    }

    /// The number that the stream has had last, or the one before the oldest event that belongs into it.
    private long whereToGoOn() {
        var newest = newestId();
        var extent = log.extent(config.streamAge()); // after the stream: what is in it was committed before
        if (number(newest) > extent.last()) {
            drop(newest);
            newest = NEVER_WRITTEN;
        }
        return Math.max(number(newest), extent.first() - 1);
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    /// The id that the next entry has to be above, though the entry itself may have been trimmed.
    private String newestId() {
        return String.valueOf(stream.send(script(NEWEST_ID)));
    }

    private void drop(String newest) {
        stream.send(script(DROP).arg(newest));
        LOG.warnf("event stream was ahead of the database and starts over newest=%s", newest);
    }

    private static Request script(String text) {
        return Request.cmd(Command.EVAL).arg(text).arg(1).arg(StreamKeys.AUTH_EVENTS);
    }

    /// @param oldest what is below it leaves the stream
    /// @return whether the stream took it; not if another replica was faster, or the stream is ahead
    private boolean send(AuthEvent event, long oldest) {
        var request = Request.cmd(Command.XADD)
                .arg(StreamKeys.AUTH_EVENTS)
                .arg("MINID")
                .arg("=")
                .arg(Long.toString(oldest))
                .arg(event.n() + "-0");
        event.toFields().forEach((name, value) -> request.arg(name).arg(value));
        try {
            stream.send(request);
            return true;
        } catch (RedisErrorException e) {
            if (String.valueOf(e.getMessage()).contains("equal or smaller")) {
                return false;
            }
            throw e;
        }
    }
}
