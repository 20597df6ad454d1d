package dev.parley.room.log;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.database.Database;
import dev.parley.room.database.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes one room: its lock, the change, the events it makes and the new end of the log in one transaction, the
/// relay after it. What changes nothing appends nothing and takes no `seq`.
@ApplicationScoped
public class RoomChanges {

    /// A change under the room's lock. It decides by what it reads now, not by what was known before the lock.
    @FunctionalInterface
    public interface Change<T extends @Nullable Object> {
        T on(Connection connection, LockedRoom room, PendingEvents events) throws SQLException;
    }

    private record Changed<T extends @Nullable Object>(T result, List<RelayEntry> events) {}

    private final Database database;
    private final EventLog log;
    private final Relay relay;
    private final InstantSource clock;

    RoomChanges(Database database, EventLog log, Relay relay, InstantSource clock) {
        this.database = database;
        this.log = log;
        this.relay = relay;
        this.clock = clock;
    }

    /// @throws ProblemException `room_not_found` if there is no such room or it is deleted, or what the change throws
    /// @throws DatabaseException if nothing is changed, or it is not known
    public <T extends @Nullable Object> T change(RoomId id, UserId actor, Change<T> change) {
        var changed = database.inTransaction(connection -> {
            var room =
                    RoomLog.lock(connection, List.of(id), LockMode.WAIT).rooms().get(id);
            if (room == null || room.deleted()) {
                throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
            }
            var pending = new PendingEvents(room, actor, clock.instant());
            var result = change.on(connection, room, pending);
            return new Changed<>(result, append(connection, room, pending));
        });
        relay.publishEntries(changed.events());
        return changed.result();
    }

    private List<RelayEntry> append(Connection connection, LockedRoom room, PendingEvents pending) throws SQLException {
        var events = pending.events();
        if (events.isEmpty()) {
            return List.of();
        }
        RoomLog.append(connection, events);
        RoomLog.advance(connection, List.of(new Advance(room, events.getLast().seq(), null, null)));
        return log.appended(connection, room, events.size());
    }
}
