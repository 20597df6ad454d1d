package dev.parley.room.ingest;

import dev.parley.model.id.RoomId;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.log.LockMode;
import dev.parley.room.log.LoggedEvent;
import dev.parley.room.message.MessageWriter;
import dev.parley.room.message.Sends;
import dev.parley.room.message.WrittenBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Group commit: what the loops of several partitions want to store while the transactions there may be are under
/// way goes together into the next. A shared transaction that fails stores nothing for anybody, and each of its
/// batches is to be tried again by itself: no partition suffers for what another one holds.
/// Thread-safe; a caller waits for its result.
@ApplicationScoped
class SharedTransactions {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MessageWriter writer;
    private final IngestConfig config;
    private final IngestMetrics metrics;
    private final Semaphore permits;
    private final Deque<Share> waiting = new ArrayDeque<>();

    /// What one loop stores, and what came of it.
    private static final class Share {

        private final List<Sends> batch;
        private final CompletableFuture<Optional<WrittenBatch>> written = new CompletableFuture<>();

        private Share(List<Sends> batch) {
            this.batch = batch;
        }

        private int commands() {
            return batch.stream().mapToInt(sends -> sends.commands().size()).sum();
        }

        private long size() {
            return batch.stream().mapToLong(Sends::size).sum();
        }
    }

    SharedTransactions(MessageWriter writer, IngestConfig config, IngestMetrics metrics) {
        this.writer = writer;
        this.config = config;
        this.metrics = metrics;
        this.permits = new Semaphore(config.transactions(), true);
        metrics.waiting(this::waiting);
    }

    /// As [MessageWriter#write], perhaps together with what others write; rooms that others hold are passed over.
    /// Takes no longer than [#PATIENCE] and one transaction: what is held has to be renewed.
    /// @return nothing when it was together with others and failed: to be written alone
    /// @throws DatabaseException as [MessageWriter#write]
    Optional<WrittenBatch> write(List<Sends> batch) {
        var own = new Share(batch);
        synchronized (waiting) {
            waiting.add(own);
        }
        var mayGoOn = awaitPermit();
        try {
            var together = takeWith(own);
            if (together.size() == 1) {
                return Optional.of(writeAlone(batch, LockMode.SKIP_LOCKED));
            }
            if (!together.isEmpty()) {
                writeTogether(together);
            }
        } finally {
            if (mayGoOn) {
                permits.release();
            }
        }
        return own.written.join();
    }

    /// @return false when all transactions are slow ones: then this goes without a permit rather than late
    private boolean awaitPermit() {
        try {
            return permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// As [MessageWriter#write]: for what may be slow, so that nobody else waits with it.
    /// @throws DatabaseException as [MessageWriter#write]
    WrittenBatch writeAlone(List<Sends> batch, LockMode mode) {
        metrics.batch(batch.stream().mapToInt(sends -> sends.commands().size()).sum());
        return writer.write(batch, mode);
    }

    private int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /// One's own and what waits and fits; nothing when somebody else has taken one's own.
    private List<Share> takeWith(Share own) {
        synchronized (waiting) {
            if (!waiting.remove(own)) {
                return List.of();
            }
            var taken = new ArrayList<>(List.of(own));
            int commands = own.commands();
            long size = own.size();
            for (var shares = waiting.iterator(); shares.hasNext(); ) {
                var next = shares.next();
                commands += next.commands();
                size += next.size();
                if (commands > config.batchCommands()
                        || size > config.batchBytes().asLongValue()) {
                    break;
                }
                shares.remove();
                taken.add(next);
            }
            return taken;
        }
    }

    private void writeTogether(List<Share> shares) {
        try {
            var all = shares.stream().flatMap(share -> share.batch.stream()).toList();
            hand(writeAlone(all, LockMode.SKIP_LOCKED), shares);
        } catch (DatabaseException e) {
            metrics.shareFailed();
        } finally {
            // Those that have their results keep them.
            shares.forEach(share -> share.written.complete(Optional.empty()));
        }
    }

    /// Gives each its results, and the events of its rooms.
    private static void hand(WrittenBatch all, List<Share> shares) {
        Map<RoomId, List<LoggedEvent>> events = all.events().stream()
                .collect(Collectors.groupingBy(logged -> logged.event().roomId()));
        int from = 0;
        for (var share : shares) {
            var end = from + share.batch.size();
            var own = share.batch.stream()
                    .map(sends -> Optional.ofNullable(events.remove(sends.roomId())))
                    .flatMap(found -> found.stream().flatMap(List::stream))
                    .toList();
            share.written.complete(Optional.of(new WrittenBatch(all.results().subList(from, end), own)));
            from = end;
        }
    }
}
