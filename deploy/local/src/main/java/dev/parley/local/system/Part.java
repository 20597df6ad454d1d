package dev.parley.local.system;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A process of the system that can be ended and started again: a service, PostgreSQL or Redis.
///
/// Nothing is restarted by itself. A part that ends unasked is reported with its exit code and its last lines, and
/// the rest goes on: the ingress answers 503 for it, and whoever looks can see the wreck.
///
/// *Thread*: safe for any.
public final class Part {

    private static final int REPORTED_LINES = 20;

    private final String name;
    private final Supplier<Running> starter;
    private final Consumer<String> output;
    private @Nullable Running running;
    private boolean ending;

    Part(String name, Supplier<Running> starter, Consumer<String> output) {
        this.name = name;
        this.starter = starter;
        this.output = output;
    }

    public String name() {
        return name;
    }

    /// Starts the part and returns when it is ready.
    ///
    /// @throws StartException if it does not become ready
    /// @throws IllegalStateException if it runs
    public synchronized void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        ending = false;
        Running started = starter.get();
        running = started;
        var _ = started.onExit().thenAccept(process -> reportEnd(started, process.exitValue()));
    }

    /// The process id of the last start.
    ///
    /// @throws IllegalStateException if it was never started
    public long pid() {
        return current().pid();
    }

    public synchronized boolean isAlive() {
        return running != null && running.isAlive();
    }

    /// Kills it (SIGKILL) and returns when it is gone; this is not reported.
    public void kill() {
        end().kill();
    }

    /// Ends it in good order and returns when it is gone; one that does not run is left alone.
    public void stop() {
        if (isAlive()) {
            end().stop();
        }
    }

    /// The end of its output, the oldest line first.
    public List<String> lastLines() {
        return current().lastLines();
    }

    @Override
    public String toString() {
        return name;
    }

    private synchronized Running end() {
        ending = true;
        return current();
    }

    private synchronized Running current() {
        if (running == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return running;
    }

    private void reportEnd(Running ended, int exitCode) {
        synchronized (this) {
            if (ending || !ended.equals(running)) {
                return;
            }
        }
        List<String> lines = ended.lastLines();
        String tail = String.join("\n    ", lines.subList(Math.max(0, lines.size() - REPORTED_LINES), lines.size()));
        output.accept("!!! " + name + " (pid " + ended.pid() + ") ended by itself with exit code " + exitCode
                + "; it is not restarted. Its last lines:\n    " + tail);
    }
}
