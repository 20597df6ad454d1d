package dev.parley.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Full jitter: each wait is uniform between nothing and a bound that doubles (Marc Brooker, "Exponential Backoff And
/// Jitter", 2015), so that clients which lost a server together do not come back together.
///
/// *Thread*: one.
final class Backoff {

    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;
    private int tries;

    Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    /// How long to wait before the next try.
    ///
    /// @param least what the server asked for; the jitter comes on top
    Duration next(Duration least) {
        long bound = cap.toMillis();
        if (tries < 30) {
            bound = Math.min(bound, base.toMillis() << tries);
        }
        tries++;
        return least.plusMillis(random.nextLong(bound + 1));
    }

    Duration next() {
        return next(Duration.ZERO);
    }

    void reset() {
        tries = 0;
    }
}
