package dev.parley.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How much, and how long.
///
/// @param timing how long is waited for what
/// @param catchUpLimit how many missed events of a room are read one by one; of more, listeners are told to reload
/// @param random what jitter is drawn from
public record ClientLimits(Timing timing, long catchUpLimit, RandomGenerator random) {

    Backoff backoff() {
        return new Backoff(timing.backoffBase(), timing.backoffCap(), random);
    }

    Duration stallPatience() {
        return timing.stallPatience();
    }
}
