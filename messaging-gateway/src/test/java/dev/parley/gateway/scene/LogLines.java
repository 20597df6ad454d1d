package dev.parley.gateway.scene;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/// What the service logs while this is open, whatever the console shows.
public final class LogLines extends Handler implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines(Level level) {
        setLevel(level);
    }

    public static LogLines from(Level level) {
        var lines = new LogLines(level);
        Logger.getLogger("").addHandler(lines);
        return lines;
    }

    /// Message, arguments and stack trace of each record.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord logged) {
        if (isLoggable(logged)) {
            var line = new StringBuilder(logged.getLevel() + " " + logged.getLoggerName() + " "
                    + ExtLogRecord.wrap(logged).getFormattedMessage());
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
