package dev.parley.gateway.send;

import dev.parley.model.stream.IngestEntry;
import org.jspecify.annotations.Nullable;

/// An ingest entry whose commands are not all answered.
final class EntryUnderWay {

    private final Sender sender;
    private final IngestEntry entry;
    private final long arrivedNanos;
    private final long dispatchedNanos = System.nanoTime();

    /// Its id in the stream; null while `XADD` has not answered, and for ever when it failed.
    private volatile @Nullable String streamId;

    /// @param arrivedNanos when the oldest of its commands came
    EntryUnderWay(Sender sender, IngestEntry entry, long arrivedNanos) {
        this.sender = sender;
        this.entry = entry;
        this.arrivedNanos = arrivedNanos;
    }

    Sender sender() {
        return sender;
    }

    IngestEntry entry() {
        return entry;
    }

    @Nullable
    String streamId() {
        return streamId;
    }

    void appendedAs(String id) {
        streamId = id;
    }

    long nanosSinceArrival(long now) {
        return now - arrivedNanos;
    }

    long nanosSinceDispatch(long now) {
        return now - dispatchedNanos;
    }
}
