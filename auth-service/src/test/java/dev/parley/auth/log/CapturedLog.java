package dev.parley.auth.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/// Keeps all that is logged in this JVM, with stack traces and the diagnostic context, while it is open.
final class CapturedLog extends Handler {

    private final Queue<String> entries = new ConcurrentLinkedQueue<>();

    CapturedLog() {
        setLevel(Level.ALL);
        Logger.getLogger("").addHandler(this);
    }

    /// Entries that hold any of `secrets`, in any case.
    List<String> entriesWith(Iterable<String> secrets) {
        return entries.stream().filter(entry -> holdsAny(entry, secrets)).toList();
    }

    int size() {
        return entries.size();
    }

    private static boolean holdsAny(String entry, Iterable<String> secrets) {
        for (var secret : secrets) {
            if (entry.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void publish(LogRecord entry) {
        var text = new StringWriter();
        var printer = new PrintWriter(text);
        var extended = ExtLogRecord.wrap(entry);
        printer.println(extended.getLevel() + " " + extended.getLoggerName() + " " + extended.getFormattedMessage()
                + " " + extended.getMdcCopy());
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(printer);
        }
        entries.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
