package dev.parley.room.ingest;

import dev.parley.kit.background.BackOff;
import dev.parley.kit.redis.RedisErrorException;
import dev.parley.kit.redis.RedisUnavailableException;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.IngestEntry;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.log.LockMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Consumes one partition for as long as the process lives. A round: take over what dead consumers left, read what
/// is new, store it in bounded batches, tell Redis. What is read stays pending in Redis until it is stored, and this
/// loop holds it in its order until then: while PostgreSQL is away nothing more is read.
///
/// An entry of a connection and room is followed by the next only when it is settled, so taking one over late
/// overtakes nothing.
///
/// Thread: a virtual one of its own; nobody else touches its state.
final class PartitionLoop implements Runnable {

    private static final Logger LOG = Logger.getLogger(PartitionLoop.class);

    /// The wait for new entries while older ones wait for a busy room.
    private static final Duration BUSY_PAUSE = Duration.ofMillis(20);

    /// How often what is held is renewed before others may claim it.
    private static final int RENEWALS = 4;

    private final int partition;
    private final IngestStream stream;
    private final IngestConfig config;
    private final BatchHandling handling;
    private final IngestMetrics metrics;
    private final CountDownLatch stop;
    private final BackOff backOff;
    private final Pace pace;
    private List<Delivery> held = List.of();
    private Publication unpublished;
    private boolean groupIsMissing = true;
    private boolean stalled;
    private long fetchedNanos = System.nanoTime();

    /// The last read got all that it could take: there is more, and it is fetched without a pause.
    private boolean isBehind;

    private long nextClaimNanos = System.nanoTime();
    private long nextRenewalNanos = System.nanoTime();
    private long nextCleaningNanos = System.nanoTime();

    PartitionLoop(
            int partition,
            IngestStream stream,
            IngestConfig config,
            BatchHandling handling,
            Pace pace,
            IngestMetrics metrics,
            CountDownLatch stop) {
        this.partition = partition;
        this.stream = stream;
        this.config = config;
        this.handling = handling;
        this.metrics = metrics;
        this.stop = stop;
        this.backOff = new BackOff(stop, config.maxBackOff());
        this.pace = pace;
        this.unpublished = new Publication(config);
    }

    @Override
    public void run() {
        while (stop.getCount() > 0) {
            try {
                round();
                recovered();
            } catch (RuntimeException e) {
                stalled(e);
            }
        }
        leave();
    }

    private void round() {
        publish();
        if (groupIsMissing) {
            stream.ensureGroup();
            groupIsMissing = false;
        }
        // While something cannot be stored no more is fetched; but a round without any work shows no recovery.
        if (!stalled || held.isEmpty()) {
            fetch();
        }
        store();
    }

    /// Keeps what is held from being claimed while it waits, and drops what was claimed in spite of it: that is
    /// another's to store and to answer. While Redis is away nobody can claim anything.
    private void renew() {
        var now = System.nanoTime();
        if (held.isEmpty() || now - nextRenewalNanos < 0) {
            return;
        }
        nextRenewalNanos = now + config.minIdle().toNanos() / RENEWALS;
        try {
            var own = stream.renew(2 * config.entries()).stream()
                    .map(StreamRecord::id)
                    .collect(Collectors.toSet());
            held = held.stream().filter(delivery -> own.contains(delivery.id())).toList();
        } catch (RedisUnavailableException e) {
            LOG.debugf(e, "held entries not renewed partition=%d", partition);
        }
    }

    private void recovered() {
        backOff.reset();
        if (stalled) {
            stalled = false;
            metrics.stalled(false);
            LOG.infof("ingest goes on partition=%d", partition);
        }
    }

    private void stalled(RuntimeException cause) {
        // A group that is lost with Redis' data is made anew, from the beginning of the stream; no other failure asks
        // for one, because a full Redis refuses to make even a group that it has.
        if (cause instanceof RedisErrorException error && (error.is("NOGROUP") || error.is("UNBLOCKED"))) {
            groupIsMissing = true;
            LOG.infof("ingest group is gone, making it partition=%d", partition);
            return;
        }
        if (!stalled) {
            stalled = true;
            metrics.stalled(true);
            switch (cause) {
                case RedisUnavailableException _, RedisErrorException _, DatabaseException _ ->
                    LOG.warnf("ingest stalls partition=%d cause=%s", partition, cause);
                default -> LOG.errorf(cause, "ingest stalls partition=%d", partition);
            }
        }
        backOff.pause();
    }

    private void fetch() {
        var now = System.nanoTime();
        if (held.stream().noneMatch(delivery -> delivery.isDue(now)) && now - nextClaimNanos >= 0) {
            nextClaimNanos = now + config.claimInterval().toNanos();
            var claimed = stream.claim(config.entries(), config.minIdle());
            metrics.claimed(claimed.size());
            accept(claimed);
        }
        if (now - nextCleaningNanos >= 0) {
            nextCleaningNanos = now + config.consumerExpiry().toNanos();
            stream.removeConsumers(config.consumerExpiry());
        }
        var free = config.entries() - held.size();
        if (free > 0 && unpublished.isEmpty()) {
            if (!isBehind) {
                backOff.pauseFor(pace.pause(fetchedNanos, System.nanoTime()));
            }
            var records = stream.read(free, held.isEmpty() ? idleBlock(now) : BUSY_PAUSE);
            isBehind = records.size() == free;
            accept(records);
        } else {
            backOff.pauseFor(BUSY_PAUSE);
        }
    }

    /// Waits no longer than until the next look for entries to claim.
    private Duration idleBlock(long now) {
        var untilClaim = Duration.ofNanos(Math.max(1_000_000, nextClaimNanos - now));
        return untilClaim.compareTo(config.block()) < 0 ? untilClaim : config.block();
    }

    private void accept(List<StreamRecord> records) {
        if (!records.isEmpty()) {
            fetchedNanos = System.nanoTime();
        }
        if (held.isEmpty()) {
            nextRenewalNanos = System.nanoTime() + config.minIdle().toNanos() / RENEWALS;
        }
        var accepted = new ArrayList<>(held);
        var ids = held.stream().map(Delivery::id).collect(Collectors.toSet());
        for (var record : records) {
            // What is put off may have been claimed from ourselves.
            if (ids.contains(record.id())) {
                continue;
            }
            try {
                accepted.add(new Delivery(record.id(), IngestEntry.of(record.fields()), System.nanoTime()));
            } catch (IllegalArgumentException e) {
                LOG.errorf("entry is not readable partition=%d id=%s", partition, record.id());
                handling.reject(partition, new Poison(record, "not readable"), unpublished);
            }
        }
        // Each counts once, however often it is tried.
        pace.stores(
                accepted.stream().skip(held.size()).mapToInt(Delivery::commands).sum(), System.nanoTime());
        held = accepted;
    }

    /// Stores what is held, batch by batch; what belongs to a busy room, or is put off, stays held. When a batch fails,
    /// it and all that comes after it stay held.
    private void store() {
        publish();
        renew();
        var now = System.nanoTime();
        var due = held.stream().collect(Collectors.partitioningBy(delivery -> delivery.isDue(now)));
        var busy = new ArrayList<>(due.getOrDefault(false, List.of()));
        held = due.getOrDefault(true, List.of());
        try {
            var mayShare = true;
            for (renew(); !held.isEmpty(); renew()) {
                var batch = nextBatch();
                var mode = isOverdue(batch.getFirst()) ? LockMode.WAIT : LockMode.SKIP_LOCKED;
                var handled = handling.handle(partition, batch, mode, mayShare);
                mayShare = handled.isPresent();
                if (handled.isPresent()) {
                    held = List.copyOf(held.subList(batch.size(), held.size()));
                    busy.addAll(handled.get().busy());
                    unpublished = handled.get().publication();
                    publish();
                }
            }
        } finally {
            busy.addAll(held);
            held = busy;
        }
    }

    /// The longest start of what is held that fits one transaction, and at least one entry. What waited too long for
    /// its room goes with that room's entries only: nothing else has to wait for that room with it. What ran into a
    /// time-out goes alone.
    private List<Delivery> nextBatch() {
        int commands = 0;
        long size = 0;
        int end = 0;
        var first = held.getFirst();
        var overdue = isOverdue(first);
        for (var each : held) {
            commands += each.commands();
            size += each.size();
            var fits = commands <= config.batchCommands()
                    && size <= config.batchBytes().asLongValue();
            var together = overdue ? each.entry().roomId().equals(first.entry().roomId()) : !isOverdue(each);
            var mayBeSlow = first.isSuspect() || each.isSuspect();
            if (end > 0 && (mayBeSlow || !(fits && together))) {
                break;
            }
            end++;
        }
        return held.subList(0, end);
    }

    private boolean isOverdue(Delivery delivery) {
        return System.nanoTime() - delivery.heldSinceNanos() > config.patience().toNanos();
    }

    /// Tells Redis, again after a failure. What a full Redis refuses is not repeated: it takes the acknowledgements
    /// all the same, and the log heals what was not relayed. One that is loading its data refuses both.
    private void publish() {
        if (unpublished.isEmpty()) {
            return;
        }
        try {
            stream.publish(unpublished.requests(), unpublished.settled());
        } catch (RedisErrorException e) {
            if (e.refusesEverything()) {
                throw e;
            }
            metrics.publicationRefused();
        }
        unpublished = new Publication(config);
    }

    private void leave() {
        try {
            publish();
            stream.leave();
        } catch (RedisUnavailableException | RedisErrorException e) {
            LOG.infof("ingest left without saying so partition=%d", partition);
        }
        stream.close();
    }
}
