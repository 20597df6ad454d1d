package dev.parley.local;

import dev.parley.local.system.StartException;
import java.util.Iterator;
import java.util.List;

/// What follows `./parley up`.
///
/// @param port the ingress' port, from which all others are counted
/// @param fresh whether `.parley` is emptied first
record UpArguments(int port, boolean fresh) {

    static final int DEFAULT_PORT = 8080;

    /// @throws StartException if there is an argument that is not known, or `--port` has no number
    static UpArguments parse(List<String> words) {
        int port = DEFAULT_PORT;
        boolean fresh = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals("--fresh")) {
                fresh = true;
            } else if (word.equals("--port") && rest.hasNext()) {
                port = number(rest.next());
            } else if (word.startsWith("--port=")) {
                port = number(word.substring("--port=".length()));
            } else {
                throw new StartException("./parley up does not know '" + word + "'; see ./parley help");
            }
        }
        return new UpArguments(port, fresh);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StartException("--port wants a number, not '" + text + "'");
        }
    }
}
