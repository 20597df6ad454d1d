package dev.parley.gateway.feed;

import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.internal.Heads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Asks every second which rooms changed, and lets the feeds that are behind read the log:
/// the one rule by which a lost relay entry, a lost Redis and a FLUSHALL heal.
@ApplicationScoped
public class HeadsPoller {

    private static final Logger LOG = Logger.getLogger(HeadsPoller.class);

    private final Vertx vertx;
    private final RoomFeeds feeds;
    private final RoomServiceClient roomService;
    private final MembershipListener memberships;
    private final FeedConfig config;
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

    private void poll() {
        feeds.dropIdle();
        if (underWay.compareAndSet(false, true)) {
            roomService.heads(watermark).subscribe().with(this::compare, this::failed);
        }
    }

    private void compare(Heads heads) {
        underWay.set(false);
        answered = true;
        watermark = heads.watermark();
        heads.rooms()
                .forEach(head -> feeds.with(head.roomId(), feed -> feed.compareHead(head.lastSeq(), head.logEpoch())));
        heads.memberships().stream()
                .filter(change -> change.room() == null)
                .forEach(change -> feeds.with(change.roomId(), feed -> feed.reach(change.seq())));
        memberships.changed(heads.memberships());
        if (!heads.complete()) {
            feeds.forEach(RoomFeed::checkLog);
        }
    }

    private void failed(Throwable failure) {
        underWay.set(false);
        if (answered) {
            LOG.warnf(
                    "room service does not answer cause=%s", failure.getClass().getSimpleName());
        }
        answered = false;
    }
}
