package dev.parley.room.message;

import dev.parley.kit.background.BackOff;
import dev.parley.room.database.DatabaseException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/// Makes messages findable that are older than search: those of before V12 have no words. It goes through all messages
/// once, in small batches, and ends; a restart goes on where it was, and replicas take turns.
///
/// Thread: one virtual thread of its own.
@ApplicationScoped
class WordBackfill {

    private static final Logger LOG = Logger.getLogger(WordBackfill.class);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(10);

    private final WordBackfillRows rows;
    private final WordBackfillConfig config;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final BackOff pauses = new BackOff(stop, MAX_BACK_OFF);

    WordBackfill(WordBackfillRows rows, WordBackfillConfig config) {
        this.rows = rows;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("word-backfill").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    private void run() {
        while (stop.getCount() > 0) {
            try {
                if (rows.advance()) {
                    LOG.debug("all messages have their words");
                    return;
                }
                pauses.reset();
                pauses.pauseFor(config.interval());
            } catch (DatabaseException e) {
                LOG.debugf(e, "words of old messages wait");
                pauses.pause();
            } catch (RuntimeException e) {
                LOG.error("words of old messages wait", e);
                pauses.pause();
            }
        }
    }
}
