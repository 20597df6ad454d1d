package dev.parley.kit.problem;

import java.sql.SQLException;
import java.util.Set;

/// Tells a database that cannot be asked at the moment from one that refuses what it is asked.
/// Source: PostgreSQL, appendix A, "Error Codes": the first two characters are the class.
final class DatabaseOutage {

    /// Connection, resources, object in use (a lock that did not come in time), operator intervention, system error.
    private static final Set<String> PASSING = Set.of("08", "53", "55", "57", "58");

    private DatabaseOutage() {}

    /// Whether such an outage is among the causes. A driver's or pool's own time-out has no state.
    static boolean isBehind(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                var state = sql.getSQLState();
                return state == null || (state.length() == 5 && PASSING.contains(state.substring(0, 2)));
            }
        }
        return false;
    }
}
