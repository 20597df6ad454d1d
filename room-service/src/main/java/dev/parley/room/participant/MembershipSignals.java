package dev.parley.room.participant;

import dev.parley.model.event.EventRoom;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Signal;
import dev.parley.room.database.Database;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.signal.Frame;
import dev.parley.room.signal.Signals;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Tells users' sockets that a room came into their list or left it; called after the commit. Best effort: gateways
/// heal what is lost from the memberships among the heads.
@ApplicationScoped
public class MembershipSignals {

    private static final String PAGE =
            "SELECT user_id FROM participants WHERE room_id = ? AND user_id > ? ORDER BY user_id LIMIT ?";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /// Deleted rooms whose participants are told at one time. Above it they are not, and gateways heal it.
    private static final int MAX_TELLING = 16;

    private static final int PATIENCE_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger(MembershipSignals.class);

    private final Database database;
    private final Signals signals;
    private final ExecutorService virtualThreads;
    private final Semaphore telling = new Semaphore(MAX_TELLING);

    MembershipSignals(Database database, Signals signals, @VirtualThreads ExecutorService virtualThreads) {
        this.database = database;
        this.signals = signals;
        this.virtualThreads = virtualThreads;
    }

    /// Tells users that they are in a room now.
    public void added(EventRoom room, Collection<UserId> users) {
        publish(List.copyOf(users), room.id(), new Frame.RoomListChanged(new RoomListChange.Added(room)));
    }

    /// Tells a user that he is not in a room any more.
    public void removed(RoomId room, UserId user) {
        publish(List.of(user), room, new Frame.RoomListChanged(new RoomListChange.Removed(room)));
    }

    /// Tells all who were in a room that it is deleted, in chunks, on a thread of its own.
    public void deleted(RoomId room) {
        if (!telling.tryAcquire()) {
            LOG.warnf("deletion not told room=%s", room);
            return;
        }
        try {
            virtualThreads.execute(() -> tellDeleted(room));
        } catch (RejectedExecutionException e) {
            // The service stops. What is committed stays so, and the request has to say it.
            telling.release();
            LOG.warnf("deletion not told room=%s", room);
        }
    }

    /// Gives the permit back that was taken for it.
    private void tellDeleted(RoomId room) {
        try {
            tellAll(room);
        } catch (DatabaseException | ExecutionException | TimeoutException e) {
            LOG.debugf(e, "deletion not told to all room=%s", room);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            telling.release();
        }
    }

    /// Waits for Redis after each chunk: a hundred thousand are not put before what others tell.
    private void tellAll(RoomId room) throws ExecutionException, TimeoutException, InterruptedException {
        var frame = new Frame.RoomListChanged(new RoomListChange.Removed(room));
        var last = new UserId(BEFORE_ALL);
        List<UserId> users;
        do {
            users = page(room, last);
            signals.publish(signals(users, room, frame))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            last = users.isEmpty() ? last : users.getLast();
        } while (users.size() == Signals.MAX_BATCH);
    }

    private List<UserId> page(RoomId room, UserId after) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(PAGE)) {
                statement.setObject(1, room.value());
                statement.setObject(2, after.value());
                statement.setInt(3, Signals.MAX_BATCH);
                var users = new ArrayList<UserId>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    users.add(new UserId(rows.getObject(1, UUID.class)));
                }
                return users;
            }
        });
    }

    private void publish(List<UserId> users, RoomId room, Frame frame) {
        for (int from = 0; from < users.size(); from += Signals.MAX_BATCH) {
            var chunk = users.subList(from, Math.min(from + Signals.MAX_BATCH, users.size()));
            signals.publish(signals(chunk, room, frame));
        }
    }

    /// With the room, though only sockets for many rooms are told: gateways parse no JSON, and have to know of which
    /// room a socket was told what.
    private List<Signal> signals(List<UserId> users, RoomId room, Frame frame) {
        return users.stream()
                .map(user -> signals.signal(new Signal.Audience.OfUser(user, room), null, frame))
                .toList();
    }
}
