package dev.parley.room.user;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Signal;
import dev.parley.room.database.Database;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.signal.Frame;
import dev.parley.room.signal.Signals;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Tells the rooms of users who have changed, the latest active ones first. Called after the commit; best effort: who
/// misses it sees the names as they are when he reads the room again.
@ApplicationScoped
class UserSignals {

    /// A user may be in any number of rooms; whoever looks at one that has been silent for long reads it anew.
    private static final int MAX_ROOMS = 1_000;

    private static final int PATIENCE_SECONDS = 5;

    private static final String ROOMS = """
            SELECT r.id FROM participants p JOIN rooms r ON r.id = p.room_id
            WHERE p.user_id = ? AND r.deleted_at IS NULL
            ORDER BY r.last_activity_at DESC LIMIT ?
            """;

    private static final Logger LOG = Logger.getLogger(UserSignals.class);

    private final Database database;
    private final Signals signals;

    UserSignals(Database database, Signals signals) {
        this.database = database;
        this.signals = signals;
    }

    /// Waits for Redis after each batch, so that many changes are not put before what others tell; without Redis the
    /// rest is not told.
    void updated(List<UserRef> users) {
        try {
            for (var user : users) {
                tell(user);
            }
        } catch (DatabaseException | ExecutionException | TimeoutException e) {
            LOG.debugf(e, "changes of users not told count=%d", users.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(UserRef user) throws ExecutionException, TimeoutException, InterruptedException {
        var frame = new Frame.UserUpdated(user);
        var rooms = rooms(user.id());
        for (int from = 0; from < rooms.size(); from += Signals.MAX_BATCH) {
            var batch = rooms.subList(from, Math.min(from + Signals.MAX_BATCH, rooms.size())).stream()
                    .map(room -> signals.signal(new Signal.Audience.OfRoom(room, null), null, frame))
                    .toList();
            signals.publish(batch).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private List<RoomId> rooms(UserId user) {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(ROOMS)) {
                statement.setObject(1, user.value());
                statement.setInt(2, MAX_ROOMS);
                var rooms = new ArrayList<RoomId>();
                var rows = statement.executeQuery();
                while (rows.next()) {
                    rooms.add(new RoomId(rows.getObject(1, UUID.class)));
                }
                return rooms;
            }
        });
    }
}
