package dev.parley.kit.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Watches the log for stack traces, from its making to its closing. Thread-safe.
public final class StackTraces extends Handler implements AutoCloseable {

    private final Queue<String> found = new ConcurrentLinkedQueue<>();

    public StackTraces() {
        Logger.getLogger("").addHandler(this);
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getThrown() != null) {
            found.add(line.getLoggerName() + ": " + line.getMessage() + ": " + line.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
