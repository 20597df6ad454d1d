package dev.parley.room.ingest;

import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.log.LockMode;
import dev.parley.room.log.Relay;
import dev.parley.room.message.Sends;
import dev.parley.room.message.SendsResult;
import dev.parley.room.message.WrittenBatch;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Stores a batch of entries and notes what Redis must be told. Thread-safe: it keeps nothing between calls.
@ApplicationScoped
class BatchHandling {

    private static final Logger LOG = Logger.getLogger(BatchHandling.class);

    private final SharedTransactions transactions;
    private final Relay relay;
    private final IngestConfig config;
    private final IngestMetrics metrics;

    BatchHandling(SharedTransactions transactions, Relay relay, IngestConfig config, IngestMetrics metrics) {
        this.transactions = transactions;
        this.relay = relay;
        this.config = config;
        this.metrics = metrics;
    }

    /// What came of a batch.
    /// @param busy deliveries whose rooms are held by others, or that took too long, in their order; they are
    ///     still to be done
    record Handled(Publication publication, List<Delivery> busy) {}

    /// One transaction; or, when it fails for its data, one for each entry, so that only the entry at fault is lost.
    /// What took too long comes back, each entry to be tried alone, or later if it was: it may be at fault, and is
    /// lost only if its data are.
    /// @param mayShare whether it may be one transaction with what other partitions hold
    /// @return nothing when it was, and that failed: to be tried again without
    /// @throws DatabaseException if PostgreSQL cannot store anything at the moment
    Optional<Handled> handle(int partition, List<Delivery> batch, LockMode mode, boolean mayShare) {
        var handled = new Handled(new Publication(config), new ArrayList<>());
        try {
            var sends = sends(batch);
            var written =
                    mayShare && mode == LockMode.SKIP_LOCKED && batch.stream().noneMatch(Delivery::isSuspect)
                            ? transactions.write(sends)
                            : Optional.of(transactions.writeAlone(sends, mode));
            written.ifPresent(result -> note(batch, result, handled));
            return written.map(_ -> handled);
        } catch (DatabaseException e) {
            if (e.isLockTimeout()) {
                handled.busy().addAll(batch);
                return Optional.of(handled);
            }
            if (e.isTimeOut()) {
                tookTooLong(partition, batch, handled);
                return Optional.of(handled);
            }
            if (!e.isAboutData()) {
                throw e;
            }
            LOG.warnf("batch refused, going entry by entry partition=%d entries=%d", partition, batch.size());
            goAlone(partition, batch, mode, handled);
        }
        return Optional.of(handled);
    }

    /// What PostgreSQL cannot store at the moment stays to be done; what was stored before it is told all the same.
    private void goAlone(int partition, List<Delivery> batch, LockMode mode, Handled handled) {
        for (int i = 0; i < batch.size(); i++) {
            try {
                handleAlone(partition, batch.get(i), mode, handled);
            } catch (DatabaseException e) {
                if (e.isTimeOut()) {
                    tookTooLong(partition, batch.subList(i, i + 1), handled);
                    handled.busy().addAll(batch.subList(i + 1, batch.size()));
                    return;
                }
                if (i == 0) {
                    throw e;
                }
                handled.busy().addAll(batch.subList(i, batch.size()));
                return;
            }
        }
    }

    private void tookTooLong(int partition, List<Delivery> batch, Handled handled) {
        metrics.timedOut();
        LOG.warnf("batch takes too long partition=%d entries=%d", partition, batch.size());
        var isOne = batch.size() == 1;
        batch.stream().map(isOne ? Delivery::putOff : Delivery::alone).forEach(handled.busy()::add);
    }

    private void handleAlone(int partition, Delivery delivery, LockMode mode, Handled handled) {
        try {
            var one = List.of(delivery);
            note(one, transactions.writeAlone(sends(one), mode), handled);
        } catch (DatabaseException e) {
            if (!e.isAboutData()) {
                throw e;
            }
            LOG.errorf(e, "entry refused by the database partition=%d id=%s", partition, delivery.id());
            var record = new StreamRecord(delivery.id(), delivery.entry().toFields());
            reject(partition, new Poison(record, "refused by the database"), handled.publication());
        }
    }

    /// Sets an entry aside and refuses it to its sender.
    void reject(int partition, Poison poison, Publication publication) {
        metrics.rejected();
        poison.refuse(publication);
        publication.setAside(partition, poison.toFields());
        publication.settle(poison.record().id());
    }

    private static List<Sends> sends(List<Delivery> batch) {
        return batch.stream().map(delivery -> Sends.of(delivery.entry())).toList();
    }

    private void note(List<Delivery> batch, WrittenBatch written, Handled handled) {
        written.events().forEach(event -> handled.publication().event(relay.command(event)));
        for (int i = 0; i < batch.size(); i++) {
            var delivery = batch.get(i);
            switch (written.results().get(i)) {
                case SendsResult.Decided(var outcomes) -> {
                    note(delivery, outcomes, handled.publication());
                    handled.publication().settle(delivery.id());
                }
                case SendsResult.RoomBusy() -> {
                    metrics.busy();
                    handled.busy().add(delivery);
                }
            }
        }
    }

    /// What made an event is told by the event; the rest gets a reply.
    private void note(Delivery delivery, List<SendOutcome> outcomes, Publication publication) {
        for (int i = 0; i < outcomes.size(); i++) {
            var outcome = outcomes.get(i);
            if (outcome instanceof SendOutcome.Stored stored && !stored.duplicate()) {
                metrics.stored();
            } else {
                metrics.answered();
                var entry = delivery.entry();
                publication.reply(entry.origin(), entry.commands().get(i).ref(), outcome);
            }
        }
    }
}
