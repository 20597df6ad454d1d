package dev.parley.gateway.feed;

import org.jspecify.annotations.Nullable;

/// Where a client left off: it has every event up to `afterSeq`.
/// @param logEpoch the epoch of the log it knows; null when it did not say
public record Resume(long afterSeq, @Nullable Long logEpoch) {

    /// More than this behind, a client reads the log over REST.
    private static final long MAX_REPLAY = 10_000;

    /// Whether a log of `epoch` that ends at `head` can be replayed from here.
    public boolean isPossible(long head, long epoch) {
        return (logEpoch == null || logEpoch == epoch) && afterSeq <= head && head - afterSeq <= MAX_REPLAY;
    }
}
