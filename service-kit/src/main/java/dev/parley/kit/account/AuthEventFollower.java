package dev.parley.kit.account;

import dev.parley.kit.background.BackOff;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.AuthEvent;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/// Follows the events of the auth service. The stream brings them at once; the auth service is asked for what the
/// stream may have lost: at the start, when the stream cannot be read or has a hole, and again and again.
/// Entry ids are the numbers, so a stream that was flushed or restored needs no other treatment.
///
/// Thread: one virtual thread of its own; the methods may be called from any.
public final class AuthEventFollower implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AuthEventFollower.class);

    private static final int PAGE = 1_000;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration NETWORK_PATIENCE = Duration.ofSeconds(3);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final long UNKNOWN = -1;

    private final String name;
    private final AuthEventHandler handler;
    private final AuthServiceClient authService;
    private final StreamConnection stream;
    private final long pollNanos;
    private final FollowerMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch started = new CountDownLatch(1);
    private final BackOff backOff = new BackOff(stop, MAX_BACK_OFF);
    private final Attempts healing;
    private final Attempts reading;
    private final Thread thread;
    private long position = UNKNOWN;
    private long nextPoll = System.nanoTime();

    /// @param name for the log and the metrics
    public AuthEventFollower(
            String name,
            AuthEventHandler handler,
            AuthServiceClient authService,
            Redis redis,
            AuthServiceConfig config,
            MeterRegistry registry) {
        this.name = name;
        this.handler = handler;
        this.authService = authService;
        this.stream = new StreamConnection(redis, BLOCK.plus(NETWORK_PATIENCE));
        this.pollNanos = config.pollInterval().toNanos();
        this.metrics = new FollowerMetrics(name, registry);
        this.healing = new Attempts("auth service not asked for events");
        this.reading = new Attempts("stream of auth events not read");
        this.thread = Thread.ofVirtual().name("auth-events-" + name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Waits until the handler has started and has everything there was then.
    /// @return false if that took longer
    public boolean awaitStart(Duration patience) {
        try {
            return started.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (isRunning()) {
            healing.succeed(this::healWhenDue);
            if (isStarted() && reading.succeed(this::read)) {
                backOff.reset();
            } else {
                pollSoon();
                backOff.pause();
            }
        }
        stream.close();
    }

    private boolean isRunning() {
        return stop.getCount() > 0;
    }

    private boolean isStarted() {
        return started.getCount() == 0;
    }

    private void pollSoon() {
        nextPoll = System.nanoTime();
    }

    private boolean healWhenDue() {
        if (System.nanoTime() - nextPoll < 0) {
            return true;
        }
        nextPoll = System.nanoTime() + pollNanos;
        if (position == UNKNOWN) {
            position = handler.start();
        }
        var lastN = heal();
        metrics.polled(position, lastN);
        started.countDown();
        return true;
    }

    /// Takes everything there is behind the position.
    /// @return the newest event
    private long heal() {
        while (true) {
            var page = authService.events(position, PAGE);
            if (page.lastN() < position || !page.complete()) {
                LOG.warnf(
                        "auth events begun anew follower=%s position=%d last=%d complete=%s",
                        name, position, page.lastN(), page.complete());
                position = handler.restart(page.lastN());
                metrics.restarted();
                return page.lastN();
            }
            take(page.items());
            metrics.healed(page.items().size());
            if (page.items().isEmpty() || position >= page.lastN() || !isRunning()) {
                return page.lastN();
            }
        }
    }

    private void take(List<AuthEvent> events) {
        if (!events.isEmpty()) {
            handler.take(events);
            position = events.getLast().n();
        }
    }

    /// Takes what follows the position; false when something else comes first.
    private boolean read() {
        var next = new ArrayList<AuthEvent>();
        var isDense = true;
        for (var record : records()) {
            var event = parse(record);
            isDense = event.isPresent() && event.get().n() == position + 1 + next.size();
            if (!isDense) {
                break;
            }
            next.add(event.get());
        }
        take(next);
        return isDense;
    }

    private List<StreamRecord> records() {
        return StreamRecord.ofRead(stream.send(Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(PAGE)
                .arg("BLOCK")
                .arg(BLOCK.toMillis())
                .arg("STREAMS")
                .arg(StreamKeys.AUTH_EVENTS)
                .arg(position + "-0")));
    }

    private Optional<AuthEvent> parse(StreamRecord record) {
        try {
            return Optional.of(AuthEvent.of(record.fields()));
        } catch (IllegalArgumentException e) {
            LOG.warnf("auth event not readable follower=%s id=%s cause=%s", name, record.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /// Logs the first failure of a row, and the success after it.
    private final class Attempts {

        private final String phrase;
        private boolean works = true;

        Attempts(String phrase) {
            this.phrase = phrase;
        }

        /// Whether the step ended, and with true.
        boolean succeed(BooleanSupplier step) {
            try {
                var done = step.getAsBoolean();
                if (!works) {
                    LOG.infof("auth events go on follower=%s", name);
                }
                works = true;
                return done;
            } catch (RuntimeException e) {
                if (works && isRunning()) {
                    LOG.warnf("%s follower=%s cause=%s", phrase, name, e);
                }
                works = false;
                return false;
            }
        }
    }
}
