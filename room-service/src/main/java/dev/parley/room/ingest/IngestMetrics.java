package dev.parley.room.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What the ingest counts.
@ApplicationScoped
class IngestMetrics {

    private final MeterRegistry registry;
    private final DistributionSummary batches;
    private final Counter stored;
    private final Counter answered;
    private final Counter claimed;
    private final Counter rejected;
    private final Counter busy;
    private final Counter timeOuts;
    private final Counter sharesFailed;
    private final Counter publicationsRefused;
    private final AtomicInteger stalled = new AtomicInteger();

    IngestMetrics(MeterRegistry metrics) {
        registry = metrics;
        batches = DistributionSummary.builder("parley.ingest.batch")
                .description("Commands in one transaction")
                .register(metrics);
        stored = counter(metrics, "parley.ingest.stored", "Commands that made an event");
        answered = counter(metrics, "parley.ingest.answered", "Commands that were repeats or were refused");
        claimed = counter(metrics, "parley.ingest.claimed", "Entries taken over from other consumers");
        rejected = counter(metrics, "parley.ingest.rejected", "Entries set aside because they can never be stored");
        busy = counter(metrics, "parley.ingest.busy", "Entries passed over because their room was held");
        timeOuts =
                counter(metrics, "parley.ingest.timeouts", "Transactions that took longer than PostgreSQL lets them");
        sharesFailed = counter(
                metrics, "parley.ingest.shared.failures", "Transactions of several partitions that failed for all");
        publicationsRefused = counter(
                metrics, "parley.ingest.publication.refused", "Publications of which Redis refused a part, being full");
        metrics.gauge("parley.ingest.stalled", stalled);
    }

    private static Counter counter(MeterRegistry metrics, String name, String description) {
        return Counter.builder(name).description(description).register(metrics);
    }

    void batch(int commands) {
        batches.record(commands);
    }

    void stored() {
        stored.increment();
    }

    void answered() {
        answered.increment();
    }

    void claimed(int entries) {
        claimed.increment(entries);
    }

    void rejected() {
        rejected.increment();
    }

    void busy() {
        busy.increment();
    }

    void timedOut() {
        timeOuts.increment();
    }

    /// @param batches that wait for a transaction
    void waiting(Supplier<Number> batches) {
        Gauge.builder("parley.ingest.waiting", batches)
                .description("Batches of partitions that wait for a transaction")
                .register(registry);
    }

    void shareFailed() {
        sharesFailed.increment();
    }

    void publicationRefused() {
        publicationsRefused.increment();
    }

    /// A partition's loop came to a halt, or goes on.
    void stalled(boolean halts) {
        stalled.addAndGet(halts ? 1 : -1);
    }
}
