package dev.parley.gateway.send;

import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.kit.stream.StreamsConfig;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisAPI;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Sees to it that every command is answered. Every two seconds it looks after the entries that are older than that:
/// one that still stands in its stream waits for the room service; one that is gone, or that Redis never took,
/// goes to the room service directly, whose writer recognises what it stored before. One that is too old is given up.
/// Thread-safe.
@ApplicationScoped
class UnansweredEntries {

    private static final Logger LOG = Logger.getLogger(UnansweredEntries.class);

    private final Set<EntryUnderWay> entries = ConcurrentHashMap.newKeySet();
    private final Set<EntryUnderWay> beingRescued = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private final RedisAPI redis;
    private final RoomServiceClient roomService;
    private final StreamsConfig streams;
    private final SendConfig config;
    private final Semaphore rescues;
    private final Counter rescued;
    private final Counter givenUp;
    private long timer;

    UnansweredEntries(
            Vertx vertx,
            RedisAPI redis,
            @RestClient RoomServiceClient roomService,
            StreamsConfig streams,
            SendConfig config,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.redis = redis;
        this.roomService = roomService;
        this.streams = streams;
        this.config = config;
        this.rescues = new Semaphore(config.rescuesAtOnce());
        this.rescued = Counter.builder("parley.send.rescued")
                .description("Entries that their stream lost and the room service was given directly")
                .register(registry);
        this.givenUp = Counter.builder("parley.send.given.up")
                .description("Entries whose senders were told that the outcome is not known")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.checkInterval().toMillis(), id -> check());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    void watch(EntryUnderWay entry) {
        entries.add(entry);
    }

    void forget(EntryUnderWay entry) {
        entries.remove(entry);
    }

    private void check() {
        var now = System.nanoTime();
        for (var entry : List.copyOf(entries)) {
            if (entry.nanosSinceArrival(now) > config.answerLimit().toNanos()) {
                giveUp(entry);
            } else if (entry.nanosSinceDispatch(now) > config.checkInterval().toNanos()) {
                check(entry);
            }
        }
    }

    private void giveUp(EntryUnderWay entry) {
        if (entries.remove(entry)) {
            givenUp.increment();
            entry.sender().giveUpLater(entry);
        }
    }

    private void check(EntryUnderWay entry) {
        var id = entry.streamId();
        if (id == null) {
            rescue(entry);
            return;
        }
        var key = StreamKeys.ingest(StreamKeys.partitionOf(entry.entry().roomId(), streams.partitions()));
        redis.xrange(List.of(key, id, id)).onSuccess(found -> {
            if (found.size() == 0) {
                rescue(entry);
            }
        });
    }

    private void rescue(EntryUnderWay entry) {
        if (!entries.contains(entry) || !beingRescued.add(entry)) {
            return;
        }
        if (!rescues.tryAcquire()) {
            beingRescued.remove(entry);
            return;
        }
        roomService
                .commands(entry.entry())
                .onTermination()
                .invoke(() -> {
                    rescues.release();
                    beingRescued.remove(entry);
                })
                .subscribe()
                .with(
                        result -> {
                            rescued.increment();
                            var commands = entry.entry().commands();
                            for (int i = 0; i < commands.size(); i++) {
                                entry.sender()
                                        .settleLater(
                                                commands.get(i).ref(),
                                                result.outcomes().get(i));
                            }
                        },
                        failure -> LOG.debugf(
                                "entry not rescued cause=%s", failure.getClass().getSimpleName()));
    }
}
