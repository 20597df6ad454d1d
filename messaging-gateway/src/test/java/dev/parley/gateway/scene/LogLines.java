package dev.parley.gateway.scene;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// What the service logs while this is open, whatever the console shows.
public final class LogLines extends Handler implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Level threshold;

    private LogLines(Level threshold) {
        this.threshold = threshold;
    }

    public static LogLines from(Level level) {
        var lines = new LogLines(level);
        Logger.getLogger("").addHandler(lines);
        return lines;
    }

    /// Message, arguments and causes of each record.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getLevel().intValue() >= threshold.intValue()) {
            var line = new StringBuilder(logged.getLevel() + " " + logged.getLoggerName() + " "
                    + logged.getMessage() + " "
                    + Arrays.toString(logged.getParameters()));
            for (var cause = logged.getThrown(); cause != null; cause = cause.getCause()) {
                line.append('\n').append(cause);
            }
            lines.add(line.toString());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
