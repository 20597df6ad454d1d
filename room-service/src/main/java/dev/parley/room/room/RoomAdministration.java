package dev.parley.room.room;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.log.LockedRoom;
import dev.parley.room.log.RoomChanges;
import dev.parley.room.participant.MembershipSignals;
import dev.parley.room.participant.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/// Renames and deletes groups. A deleted room stays in the database with its log, and is gone for everybody.
@ApplicationScoped
class RoomAdministration {

    private static final String ROLE = "SELECT role FROM participants WHERE room_id = ? AND user_id = ?";

    private static final String RENAME = "UPDATE rooms SET name = ? WHERE id = ? AND name <> ?";

    private static final String DELETE = "UPDATE rooms SET deleted_at = ?::timestamptz WHERE id = ?";

    private final RoomChanges changes;
    private final MembershipSignals signals;

    RoomAdministration(RoomChanges changes, MembershipSignals signals) {
        this.changes = changes;
        this.signals = signals;
    }

    /// @param name valid; the present one changes nothing
    /// @throws ProblemException `room_not_found`, `forbidden` below admin, `private_room_fixed`
    void rename(RoomId id, UserId actor, String name) {
        changes.change(id, actor, (connection, room, events) -> {
            require(connection, room, actor, Role.ADMIN);
            try (var statement = connection.prepareStatement(RENAME)) {
                statement.setString(1, name);
                statement.setObject(2, id.value());
                statement.setString(3, name);
                if (statement.executeUpdate() > 0) {
                    events.add(RoomEvent.RoomUpdated.TYPE);
                }
            }
            return null;
        });
    }

    /// @throws ProblemException `room_not_found`, `forbidden` below owner, `private_room_fixed`
    void delete(RoomId id, UserId actor) {
        changes.change(id, actor, (connection, room, events) -> {
            require(connection, room, actor, Role.OWNER);
            try (var statement = connection.prepareStatement(DELETE)) {
                statement.setString(1, events.now().toString());
                statement.setObject(2, id.value());
                statement.executeUpdate();
            }
            events.add(RoomEvent.RoomDeleted.TYPE);
            return null;
        });
        signals.deleted(id);
    }

    private static void require(Connection connection, LockedRoom room, UserId actor, Role least) throws SQLException {
        try (var statement = connection.prepareStatement(ROLE)) {
            statement.setObject(1, room.id().value());
            statement.setObject(2, actor.value());
            var rows = statement.executeQuery();
            if (!rows.next()) {
                throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
            }
            if (room.isPrivate()) {
                throw ProblemException.of(ProblemCode.PRIVATE_ROOM_FIXED);
            }
            if (Role.fromString(rows.getString(1)).compareTo(least) > 0) {
                throw ProblemException.of(ProblemCode.FORBIDDEN);
            }
        }
    }
}
