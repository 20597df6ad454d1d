package dev.parley.gateway.feed;

import dev.parley.gateway.ArrivalRefs;
import dev.parley.kit.account.AccountsErased;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.RelayEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The feeds of all rooms that somebody on this gateway follows. Thread-safe.
@ApplicationScoped
public class RoomFeeds {

    private static final List<Duration> ERASURE_IS_KNOWN_AFTER = List.of(Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final Map<RoomId, RoomFeed> feeds = new ConcurrentHashMap<>();
    private final List<EventLoop> loops = new ArrayList<>();
    private final LogSource log;
    private final ArrivalRefs refs;
    private final FeedConfig config;
    private final FeedMetrics metrics;
    private final RingBudget budget;
    private final Backlog backlog;
    private final Counter signalsDropped;

    @SuppressWarnings("deprecation") // Vert.x 5 renames the accessor; 4.5 has no other
    RoomFeeds(Vertx vertx, LogSource log, ArrivalRefs refs, FeedConfig config, MeterRegistry registry) {
        ((VertxInternal) vertx).nettyEventLoopGroup().forEach(executor -> loops.add((EventLoop) executor));
        this.log = log;
        this.refs = refs;
        this.config = config;
        this.metrics = new FeedMetrics(registry);
        this.budget = new RingBudget(config.ringTotalBytes());
        this.backlog = new Backlog(config.backlogBytes());
        Gauge.builder("parley.feed.ring", budget, RingBudget::total)
                .baseUnit("bytes")
                .description("Recent events at hand for resumes")
                .register(registry);
        Gauge.builder("parley.feed.backlog", backlog, Backlog::bytes)
                .baseUnit("bytes")
                .description("Events read from the relay that sockets have not been given yet")
                .register(registry);
        this.signalsDropped = Counter.builder("parley.signal.dropped")
                .tag("cause", "backlog")
                .description("Signals dropped because event loops were behind")
                .register(registry);
        Gauge.builder("parley.feed.rooms", feeds, Map::size)
                .description("Rooms followed")
                .register(registry);
        Gauge.builder(
                        "parley.feed.subscriptions",
                        feeds,
                        all -> all.values().stream()
                                .mapToInt(feed -> feed.use().readers())
                                .sum())
                .description("Subscriptions of sockets to rooms")
                .register(registry);
    }

    /// The room's feed, which follows the relay from now on. Whoever asks for the head of the room afterwards
    /// misses nothing: what is committed later comes by the relay.
    public RoomFeed follow(RoomId room) {
        return feeds.compute(room, (id, known) -> {
            var feed = known == null ? new RoomFeed(id, ownerOf(id), log, config, metrics, budget) : known;
            feed.use().touch();
            return feed;
        });
    }

    /// Hands on the events of one room; those of rooms that nobody follows are dropped. Waits while event loops are
    /// too far behind: the thread must be one that may block.
    /// @throws InterruptedException when it is interrupted while it waits; the events are dropped
    public void offer(RoomId room, List<RelayEntry> entries) throws InterruptedException {
        var feed = feeds.get(room);
        if (feed != null) {
            var events = entries.stream()
                    .map(entry -> FeedEvent.of(entry, refs.arrivedNanos(entry.cause())))
                    .toList();
            var bytes = events.stream().mapToLong(event -> event.json().length).sum();
            feed.offer(events, backlog.take(bytes));
        }
    }

    /// Hands something of the moment to those who follow the room live. Dropped when event loops are behind.
    public void signal(RoomId room, Ephemeral ephemeral) {
        var feed = feeds.get(room);
        if (feed != null) {
            var lease = backlog.tryTake(ephemeral.json().length);
            if (lease == null) {
                signalsDropped.increment();
            } else {
                feed.signal(ephemeral, lease);
            }
        }
    }

    /// Forgets a room that was followed for somebody who may not read it: guessed ids are not kept.
    /// A feed that somebody else has started, or reads, stays. One dropped in error costs a read of the log.
    public void abandon(RoomId room) {
        feeds.computeIfPresent(room, (_, known) -> known.use().isUnused() ? null : known);
    }

    void with(RoomId room, Consumer<RoomFeed> action) {
        var feed = feeds.get(room);
        if (feed != null) {
            action.accept(feed);
        }
    }

    /// The rooms that are followed now.
    List<RoomId> rooms() {
        return List.copyOf(feeds.keySet());
    }

    /// The log shows an erased account without its names; the rings would show what was. Again when the room service
    /// knows as well: until then it may write the names into new events.
    void forgetNames(@Observes AccountsErased event) {
        forgetPast();
        ERASURE_IS_KNOWN_AFTER.forEach(
                delay -> loops.getFirst().schedule(this::forgetPast, delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void forgetPast() {
        feeds.values().forEach(RoomFeed::forgetPast);
    }

    void dropIdle() {
        feeds.values().stream()
                .filter(feed -> feed.use().isIdle())
                .forEach(idle -> feeds.computeIfPresent(idle.room(), (_, known) -> {
                    if (known.use().isIdle()) {
                        known.discard();
                        return null;
                    }
                    return known;
                }));
    }

    private EventLoop ownerOf(RoomId room) {
        return loops.get(Math.floorMod(room.hashCode(), loops.size()));
    }
}
