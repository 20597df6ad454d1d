package dev.parley.gateway.send;

import dev.parley.gateway.ArrivalRefs;
import dev.parley.gateway.Buckets;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The senders of all sockets, by connection: where outcomes find who waits for them. Thread-safe.
@ApplicationScoped
public class Senders {

    private final ArrivalRefs refs;
    private final IngestWriter ingest;
    private final UnansweredEntries entries;
    private final SendConfig limits;
    private final Map<String, Sender> senders = new ConcurrentHashMap<>();
    private final Timer commitTimes;
    private final AtomicInteger unanswered = new AtomicInteger();

    Senders(
            ArrivalRefs refs,
            IngestWriter ingest,
            UnansweredEntries entries,
            SendConfig limits,
            MeterRegistry registry) {
        this.refs = refs;
        this.ingest = ingest;
        this.entries = entries;
        this.limits = limits;
        this.commitTimes = Timer.builder("parley.send.commit")
                .description("From a message's arrival to the news of its commit")
                .serviceLevelObjectives(Buckets.MILLISECONDS)
                .register(registry);
        Gauge.builder("parley.send.unanswered", unanswered, AtomicInteger::get)
                .description("Messages sent over sockets that have no answer yet")
                .register(registry);
    }

    /// A message that came at `arrivedNanos` is known to be committed.
    void committed(long arrivedNanos) {
        commitTimes.record(System.nanoTime() - arrivedNanos, TimeUnit.NANOSECONDS);
    }

    /// The `ref` of a message that came at `arrivedNanos`.
    long nextRef(long arrivedNanos, long lastRef) {
        return refs.next(arrivedNanos, lastRef);
    }

    /// A sender for a new connection; it is closed with the connection.
    /// @param origin this gateway and the connection
    public Sender open(Sender.Socket socket, Origin origin, UserId userId) {
        var sender = new Sender(socket, origin, userId, this, limits);
        senders.put(origin.connectionId(), sender);
        return sender;
    }

    /// Answers a command of this gateway; one that nobody waits for any more is dropped.
    public void settle(String connectionId, long ref, SendOutcome outcome) {
        var sender = senders.get(connectionId);
        if (sender != null) {
            sender.settleLater(ref, outcome);
        }
    }

    /// Takes room for one more unanswered send; false when the process has too many.
    boolean admit() {
        if (unanswered.incrementAndGet() > limits.unansweredLimit()) {
            unanswered.decrementAndGet();
            return false;
        }
        return true;
    }

    void answered(int sends) {
        unanswered.addAndGet(-sends);
    }

    void dispatch(EntryUnderWay entry) {
        entries.watch(entry);
        ingest.append(entry.entry()).onSuccess(entry::appendedAs);
    }

    void done(EntryUnderWay entry) {
        entries.forget(entry);
    }

    void remove(Sender sender, int unansweredSends, Collection<EntryUnderWay> underWay) {
        senders.remove(sender.connectionId());
        answered(unansweredSends);
        underWay.forEach(entries::forget);
    }
}
