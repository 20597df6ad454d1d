package dev.parley.room.ingest;

import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.stream.RedisPool;
import dev.parley.kit.stream.StreamsConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/// Runs one [PartitionLoop] for each partition, from start to stop. A stop lets every loop finish its batch.
@ApplicationScoped
class Ingest {

    private static final Logger LOG = Logger.getLogger(Ingest.class);

    /// For a call to Redis beyond its own wait.
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(3);

    /// For a loop to end: a read's wait, a transaction and its publication.
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final Redis redis;
    private final RedisPool pool;
    private final StreamsConfig streams;
    private final IngestConfig config;
    private final BatchHandling handling;
    private final Pace pace;
    private final IngestMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> loops = new ArrayList<>();

    Ingest(
            Redis redis,
            RedisPool pool,
            StreamsConfig streams,
            IngestConfig config,
            BatchHandling handling,
            IngestMetrics metrics) {
        this.redis = redis;
        this.pool = pool;
        this.streams = streams;
        this.config = config;
        this.handling = handling;
        this.pace = new Pace(config.gather());
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        pool.hold(streams.partitionsRead());
        // A name of its own for every process: what a dead one holds is told apart from what this one holds.
        var consumer = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        for (int partition = 0; partition < streams.partitionsRead(); partition++) {
            var connection = new StreamConnection(redis, config.block().plus(CALL_TIMEOUT));
            var loop = new PartitionLoop(
                    partition,
                    new IngestStream(connection, partition, consumer),
                    config,
                    handling,
                    pace,
                    metrics,
                    stop);
            loops.add(Thread.ofVirtual().name("ingest-" + partition).start(loop));
        }
        LOG.infof("ingest started partitions=%d consumer=%s", loops.size(), consumer);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
        var deadline = System.nanoTime() + STOP_TIMEOUT.toNanos();
        try {
            for (var loop : loops) {
                if (!loop.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    LOG.warnf("ingest loop did not end in time thread=%s", loop.getName());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
