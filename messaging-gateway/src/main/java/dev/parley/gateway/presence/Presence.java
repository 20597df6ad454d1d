package dev.parley.gateway.presence;

import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.redis.PipelinedConnection;
import dev.parley.gateway.roomservice.RoomServiceClient;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Heads.MembershipChange;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Who is online, for those who follow rooms here. Nothing of chat waits for it: without Redis a snapshot says that it
/// does not know, and nothing changes until Redis is back.
///
/// Thread: one of its own has all state, so that nothing it computes delays a socket's events; whatever is public may
/// be
/// called from any thread.
@ApplicationScoped
public class Presence {

    private static final Logger LOG = Logger.getLogger(Presence.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(10);

    private final PresenceConfig config;
    private final EventExecutor owner = new DefaultEventExecutor(new DefaultThreadFactory("presence", true));
    private final PresenceStore store;
    private final LocalUsers local = new LocalUsers();
    private final WatchedUsers users;
    private final WatchedRooms rooms;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();
    private int sweptPartition;

    Presence(
            Redis redis,
            @RestClient RoomServiceClient roomService,
            FrameWriter writer,
            PresenceConfig config,
            MeterRegistry registry) {
        this.config = config;
        this.store = new PresenceStore(new PipelinedConnection(redis), config);
        var frames = new PresenceFrames(writer, registry);
        this.users = new WatchedUsers(owner, store, local, frames, config, registry);
        var largeRooms = new LargeRooms(owner, store, frames);
        this.rooms = new WatchedRooms(owner, users, largeRooms, roomService, frames, config);
        Gauge.builder("parley.presence.users", local, LocalUsers::size)
                .description("Users with a socket here")
                .register(registry);
        Gauge.builder("parley.presence.commands", store, PresenceStore::underWay)
                .description("Commands that Redis has not answered")
                .register(registry);
    }

    void start(@Observes StartupEvent event) {
        PresenceLimits.check(config);
        if (config.enabled()) {
            every(config.readInterval(), this::read);
            every(config.refreshInterval(), this::refresh);
            every(config.countInterval(), rooms::count);
            every(SWEEP_INTERVAL, this::sweep);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timers.forEach(timer -> timer.cancel(false));
        if (config.enabled()) {
            owner.execute(() -> local.write(store));
        }
        owner.shutdownGracefully(1, 5, TimeUnit.SECONDS);
    }

    public void opened(UserId user) {
        run(() -> {
            local.opened(user);
            users.came(user);
        });
    }

    public void closed(UserId user) {
        run(() -> local.closed(user));
    }

    /// `watcher` follows the room: a snapshot comes, then the changes.
    public void watch(RoomId room, Watcher watcher) {
        run(() -> rooms.watch(room, watcher));
    }

    public void unwatch(RoomId room, Watcher watcher) {
        run(() -> rooms.unwatch(room, watcher));
    }

    /// Somebody came into rooms, or left them. Repeats do no harm.
    public void membershipsChanged(List<MembershipChange> changes) {
        run(() -> changes.forEach(change -> rooms.participantsChanged(change.roomId(), change.seq())));
    }

    private void read() {
        local.write(store);
        store.readClock().onComplete(clock -> owner.execute(() -> rooms.read(clock.succeeded())));
    }

    private void refresh() {
        local.writeAllAgain();
        local.write(store);
        rooms.refresh();
    }

    private void sweep() {
        store.sweepPartition(sweptPartition);
        sweptPartition = (sweptPartition + 1) % store.partitions();
    }

    private void run(Runnable task) {
        if (config.enabled() && !owner.isShuttingDown()) {
            owner.execute(task);
        }
    }

    /// One that fails once would not be run again.
    private void every(Duration interval, Runnable task) {
        Runnable lasting = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("presence task failed", e);
            }
        };
        timers.add(owner.scheduleAtFixedRate(lasting, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS));
    }
}
