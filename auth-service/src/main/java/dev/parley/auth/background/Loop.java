package dev.parley.auth.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Does a step of work again and again: at once when woken, else after an interval. A step that fails is tried again;
/// the first failure of a row is logged, and the recovery from it.
///
/// Thread: the step runs on one virtual thread of the loop's own; the methods may be called from any.
public final class Loop implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Duration interval;
    private final Runnable step;
    private final Semaphore work = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopped;

    private Loop(String name, Duration interval, Runnable step) {
        this.name = name;
        this.interval = interval;
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public static Loop start(String name, Duration interval, Runnable step) {
        var loop = new Loop(name, interval, step);
        loop.thread.start();
        return loop;
    }

    public void wake() {
        work.release();
    }

    /// For a step that takes long: it should return soon.
    public boolean isStopped() {
        return stopped;
    }

    /// Waits for the step under way, not for ever.
    @Override
    public void close() {
        stopped = true;
        work.release();
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var works = true;
        while (!stopped) {
            try {
                step.run();
                if (!works) {
                    LOG.infof("background work goes on name=%s", name);
                }
                works = true;
            } catch (RuntimeException e) {
                if (works && !stopped) {
                    LOG.warnf(
                            "background work waits name=%s cause=%s",
                            name, e.getClass().getName());
                }
                works = false;
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (work.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                work.drainPermits();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
    }
}
