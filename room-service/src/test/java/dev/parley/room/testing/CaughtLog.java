package dev.parley.room.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/// What a class of the service under test logs, at INFO or above. Thread-safe.
public final class CaughtLog extends Handler implements AutoCloseable {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Formatter text = new PatternFormatter("%s");
    private final Logger logger;

    public CaughtLog(Class<?> source) {
        logger = Logger.getLogger(source.getName());
        logger.addHandler(this);
    }

    /// With their values, in the order in which they came.
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord message) {
        if (message.getLevel().intValue() >= Level.INFO.intValue()) {
            messages.add(text.format(message));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
