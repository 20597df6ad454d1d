package dev.parley.client.connection;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// The one virtual thread that owns the connection's state, its clock, and the virtual threads that wait for others.
///
/// Nothing that runs on it waits for a network.
final class Loop {

    private static final Logger LOG = System.getLogger(Loop.class.getName());

    private final ScheduledThreadPoolExecutor executor;
    private final ThreadFactory waiters =
            Thread.ofVirtual().name("parley-call-", 0).factory();

    Loop() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("parley-loop").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /// Runs it on the loop, after what was posted before; not at all when the loop has ended.
    void post(Runnable task) {
        try {
            executor.execute(guarded(task));
        } catch (RejectedExecutionException ended) {
            // nobody is left whom it could concern
        }
    }

    /// Runs it on the loop later.
    Future<?> after(Duration delay, Runnable task) {
        try {
            return executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /// Runs what waits for somebody else on a thread of its own.
    void aside(Runnable task) {
        waiters.newThread(guarded(task)).start();
    }

    /// Ends it after what was posted; what waits for its time is forgotten.
    void end() {
        executor.shutdown();
    }

    /// Waits until it has ended, for some seconds at most.
    void awaitEnd() {
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "the loop does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the client made a mistake", e);
            }
        };
    }
}
