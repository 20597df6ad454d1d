package dev.parley.local;

import dev.parley.local.system.StartException;
import java.util.Iterator;
import java.util.List;

/// What follows `./parley up`.
///
/// @param port the ingress' port, from which all others are counted
/// @param fresh whether `.parley` is emptied first
/// @param rooms how many room services run
/// @param gateways how many gateways run
record UpArguments(int port, boolean fresh, int rooms, int gateways) {

    static final int DEFAULT_PORT = 8080;

    /// @throws StartException if there is an argument that is not known, or one that wants a number has none
    static UpArguments parse(List<String> words) {
        int port = DEFAULT_PORT;
        int rooms = 1;
        int gateways = 1;
        boolean fresh = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            switch (name) {
                case "--fresh" -> fresh = true;
                case "--port" -> port = number(name, value(word, equals, rest));
                case "--rooms" -> rooms = number(name, value(word, equals, rest));
                case "--gateways" -> gateways = number(name, value(word, equals, rest));
                default -> throw new StartException("./parley up does not know '" + word + "'; see ./parley help");
            }
        }
        return new UpArguments(port, fresh, rooms, gateways);
    }

    private static String value(String word, int equals, Iterator<String> rest) {
        if (equals >= 0) {
            return word.substring(equals + 1);
        }
        if (!rest.hasNext()) {
            throw new StartException(word + " wants a number");
        }
        return rest.next();
    }

    private static int number(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StartException(name + " wants a number, not '" + text + "'");
        }
    }
}
