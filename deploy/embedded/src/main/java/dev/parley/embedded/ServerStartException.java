package dev.parley.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A server did not start; the message ends with the last lines of its log.
public final class ServerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LINES = 15;

    ServerStartException(String message, Path log) {
        super(message + tail(log));
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
            return "\nLast lines of " + log + ":\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return " (no log at " + log + ")";
        }
    }
}
