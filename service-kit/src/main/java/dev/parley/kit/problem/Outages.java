package dev.parley.kit.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/// Tells of answers that are `unavailable`: what else stands behind us is away, or we have enough to do. Each is
/// counted; a cause stands in the log once in a while, as whoever is woken by it should find other lines, too. The
/// count
/// is there from the start, as 0. Thread-safe.
@Startup
@ApplicationScoped
public class Outages {

    /// From one line of a cause to its next.
    static final Duration SILENCE = Duration.ofSeconds(10);

    /// Causes are few: classes, states of the database, phrases of ours. More share a line.
    private static final int MAX_CAUSES = 100;

    private static final String OTHER = "other";
    private static final Logger LOG = Logger.getLogger(Outages.class);

    private final Counter answers;
    private final LongSupplier nanoClock;
    private final Map<String, Long> toldAt = new ConcurrentHashMap<>();

    @Inject
    Outages(MeterRegistry metrics) {
        this(metrics, System::nanoTime);
    }

    Outages(MeterRegistry metrics, LongSupplier nanoClock) {
        this.answers = metrics.counter("parley.problem.unavailable");
        this.nanoClock = nanoClock;
    }

    /// @param cause why an answer is `unavailable`
    public void tell(Throwable cause) {
        answers.increment();
        var name = name(cause);
        if (isDue(toldAt.containsKey(name) || toldAt.size() < MAX_CAUSES ? name : OTHER)) {
            LOG.warnf("answered unavailable cause=%s", name);
        }
    }

    private boolean isDue(String name) {
        var now = nanoClock.getAsLong();
        var last = toldAt.putIfAbsent(name, now);
        return last == null || (now - last >= SILENCE.toNanos() && toldAt.replace(name, last, now));
    }

    /// Never a message that we did not write: it may quote rows.
    private static String name(Throwable failure) {
        if (failure instanceof ProblemException ours) {
            return "\"" + ours.getMessage() + "\"";
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return "SQLException:" + sql.getSQLState();
            }
        }
        return failure.getClass().getSimpleName();
    }
}
