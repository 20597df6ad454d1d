package dev.parley.gateway.feed;

import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.HeadsQuery;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks every second which rooms changed, and lets the feeds that are behind read the log:
/// the one rule by which a lost relay entry, a lost Redis and a FLUSHALL heal. When the room service cannot tell what
/// changed, the heads of all rooms that are followed are asked for, [#CHUNK] at a time.
@ApplicationScoped
public class HeadsPoller {

    private static final Logger LOG = Logger.getLogger(HeadsPoller.class);
    private static final int CHUNK = 1_000;

    private final Vertx vertx;
    private final RoomFeeds feeds;
    private final RoomServiceClient roomService;
    private final MembershipListener memberships;
    private final FeedConfig config;
    private final UntoldMemberships untold = new UntoldMemberships();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile @Nullable String watermark;
    private volatile boolean answered;

    private long timer;

    HeadsPoller(
            Vertx vertx,
            RoomFeeds feeds,
            @RestClient RoomServiceClient roomService,
            MembershipListener memberships,
            FeedConfig config) {
        this.vertx = vertx;
        this.feeds = feeds;
        this.roomService = roomService;
        this.memberships = memberships;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.headsInterval().toMillis(), id -> poll());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /// Whether the room service answered the last time it was asked.
    public boolean roomServiceAnswers() {
        return answered;
    }

    /// A new round begins when the one before it has ended, checks of all rooms included.
    private void poll() {
        feeds.dropIdle();
        if (underWay.compareAndSet(false, true)) {
            var since = watermark;
            roomService
                    .heads(since)
                    .call(heads -> heads.complete() ? Uni.createFrom().voidItem() : checkAll())
                    .onTermination()
                    .invoke(() -> underWay.set(false))
                    .subscribe()
                    .with(heads -> compare(heads, since != null), this::failed);
        }
    }

    private void compare(Heads heads, boolean isFollowing) {
        answered = true;
        watermark = heads.watermark();
        heads.rooms()
                .forEach(head -> feeds.with(head.roomId(), feed -> feed.compareHead(head.lastSeq(), head.logEpoch())));
        heads.memberships().stream()
                .filter(change -> change.room() == null)
                .forEach(change -> feeds.with(change.roomId(), feed -> feed.reach(change.seq())));
        memberships.changed(heads.memberships());
        if (isFollowing && untold.areLost(heads.membershipsComplete(), System.nanoTime())) {
            LOG.warn("memberships may have changed unheard, sockets for many rooms come back");
            memberships.lost();
        }
    }

    /// One request after the other: the room service has a crowd of gateways to serve when this happens.
    private Uni<Void> checkAll() {
        return Multi.createFrom()
                .iterable(feeds.rooms())
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(this::check)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> check(List<RoomId> rooms) {
        return roomService
                .headsOf(new HeadsQuery(rooms))
                .invoke(found -> found.rooms()
                        .forEach(
                                head -> feeds.with(head.roomId(), feed -> feed.reach(head.lastSeq(), head.logEpoch()))))
                .replaceWithVoid();
    }

    private void failed(Throwable failure) {
        if (answered) {
            LOG.warnf(
                    "room service does not answer cause=%s", failure.getClass().getSimpleName());
        }
        answered = false;
    }
}
