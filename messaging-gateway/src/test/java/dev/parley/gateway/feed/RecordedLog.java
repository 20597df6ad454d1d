package dev.parley.gateway.feed;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.EventPage;
import dev.parley.model.stream.RelayEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/// A room's log in memory: what was committed, whether a relay brought it or not. Thread-safe.
final class RecordedLog implements LogSource {

    static final UserId ALICE = UserId.random();

    final RoomId room = RoomId.random();
    final AtomicInteger requests = new AtomicInteger();
    private final List<RelayEntry> entries = new ArrayList<>();
    private volatile boolean outOfReach;
    private volatile CompletableFuture<?> gate = CompletableFuture.completedFuture(null);
    private static final long EPOCH = 1;

    synchronized RelayEntry commit(String type, List<UserId> userIds) {
        var seq = entries.size() + 1L;
        var entry = new RelayEntry(
                room, EPOCH, seq, type, Instant.EPOCH, ALICE, null, null, userIds, "{\"seq\":" + seq + "}");
        entries.add(entry);
        return entry;
    }

    RelayEntry commit() {
        return commit("message.created", List.of());
    }

    synchronized long lastSeq() {
        return entries.size();
    }

    void outOfReach(boolean value) {
        outOfReach = value;
    }

    /// Requests are answered when `open` is complete.
    void answerAfter(CompletableFuture<?> open) {
        gate = open;
    }

    @Override
    public CompletionStage<EventPage> events(RoomId asked, long afterSeq, int limit) {
        requests.incrementAndGet();
        return outOfReach
                ? CompletableFuture.failedFuture(new IllegalStateException("out of reach"))
                : gate.thenApplyAsync(_ -> page(afterSeq, limit));
    }

    private synchronized EventPage page(long afterSeq, int limit) {
        var from = (int) Math.min(afterSeq, entries.size());
        var to = Math.min(entries.size(), from + limit);
        return new EventPage(List.copyOf(entries.subList(from, to)), entries.size(), EPOCH);
    }
}
