package dev.parley.room.participant;

import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.EventRoom;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.log.EventRooms;
import dev.parley.room.log.LockedRoom;
import dev.parley.room.log.PendingEvents;
import dev.parley.room.log.RoomChanges;
import dev.parley.room.participant.ParticipantRows.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Adds, promotes and removes participants of groups. Every method decides under the room's lock, in the order
/// 404, 403, 409 of the contract: an actor who is not in the room learns nothing of it.
@ApplicationScoped
public class ParticipantChanges {

    private static final String DELETE_ROOM = "UPDATE rooms SET deleted_at = ?::timestamptz WHERE id = ?";

    private final RoomChanges changes;
    private final MembershipSignals signals;

    ParticipantChanges(RoomChanges changes, MembershipSignals signals) {
        this.changes = changes;
        this.signals = signals;
    }

    /// Who came in, and the room as it is with them.
    private record Joined(EventRoom room, List<UserId> users) {}

    /// Adds those who are not in the room yet, each as an event of its own, in the order given.
    /// @param users who exist; repeats are ignored
    /// @throws ProblemException `room_not_found`, `forbidden`, `private_room_fixed`
    void add(RoomId id, UserId actor, List<UserId> users) {
        var joined = changes.change(id, actor, (connection, room, events) -> {
            var rows = new ParticipantRows(connection, id);
            var self = requireActor(rows, actor);
            requireGroup(room);
            requireAtLeast(Role.ADMIN, self);
            var present = rows.present(users);
            var joining = new ArrayList<Row>();
            for (var user : new LinkedHashSet<>(users)) {
                if (!present.contains(user)) {
                    var row = new Row(user, Role.MEMBER, events.now(), events.nextSeq());
                    events.add(RoomEvent.ParticipantAdded.TYPE, user, row.state());
                    joining.add(row);
                }
            }
            if (!joining.isEmpty()) {
                rows.insert(joining, events.now());
            }
            return new Joined(
                    EventRooms.one(connection, id),
                    joining.stream().map(Row::userId).toList());
        });
        signals.added(joined.room(), joined.users());
    }

    /// Gives a participant a role; giving `owner` makes the old owner an admin.
    /// @throws ProblemException `room_not_found`, `participant_not_found`, `forbidden`, `private_room_fixed`;
    ///     `validation_failed` if the owner gives up a role that nobody has then
    void setRole(RoomId id, UserId actor, UserId target, Role role) {
        changes.change(id, actor, (connection, room, events) -> {
            var rows = new ParticipantRows(connection, id);
            var self = requireActor(rows, actor);
            var found = requireTarget(rows, target);
            requireGroup(room);
            requireAtLeast(Role.OWNER, self);
            if (found.role() == role) {
                return null;
            }
            if (target.equals(actor)) {
                throw ProblemException.invalid(
                        FieldProblem.invalid("role", "an owner hands the room over by making another its owner"));
            }
            update(rows, events, found.with(role));
            if (role == Role.OWNER) {
                update(rows, events, self.with(Role.ADMIN));
            }
            return null;
        });
    }

    /// Removes a participant with a lower role than the actor's, or the actor himself. The owner's room goes to the
    /// longest-serving admin, else member; the last one out deletes it.
    /// @throws ProblemException `room_not_found`, `participant_not_found`, `forbidden`, `private_room_fixed`
    void remove(RoomId id, UserId actor, UserId target) {
        changes.change(id, actor, (connection, room, events) -> {
            var rows = new ParticipantRows(connection, id);
            var self = requireActor(rows, actor);
            var leaving = requireTarget(rows, target);
            requireGroup(room);
            if (!target.equals(actor) && self.role().compareTo(leaving.role()) >= 0) {
                throw ProblemException.of(ProblemCode.FORBIDDEN);
            }
            remove(connection, room, rows, leaving, events);
            return null;
        });
        signals.removed(id, target);
    }

    /// Removes a participant from a group, as if he had left, whatever has become of him; nothing happens when he is
    /// not in it, or it is no group.
    /// @throws ProblemException `room_not_found` if there is no such room, or it is deleted
    public void leave(RoomId id, UserId user) {
        changes.change(id, user, (connection, room, events) -> {
            var rows = new ParticipantRows(connection, id);
            var leaving = rows.find(user);
            if (leaving.isPresent() && !room.isPrivate()) {
                remove(connection, room, rows, leaving.get(), events);
            }
            return null;
        });
    }

    private static void remove(
            Connection connection, LockedRoom room, ParticipantRows rows, Row leaving, PendingEvents events)
            throws SQLException {
        rows.delete(leaving.userId());
        events.add(RoomEvent.ParticipantRemoved.TYPE, leaving.userId(), null);
        if (leaving.role() == Role.OWNER) {
            var heir = rows.heir();
            if (heir.isPresent()) {
                update(rows, events, heir.get().with(Role.OWNER));
            } else {
                deleteRoom(connection, room, events);
            }
        }
    }

    private static Row requireActor(ParticipantRows rows, UserId actor) throws SQLException {
        return rows.find(actor).orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
    }

    private static Row requireTarget(ParticipantRows rows, UserId target) throws SQLException {
        return rows.find(target).orElseThrow(() -> ProblemException.of(ProblemCode.PARTICIPANT_NOT_FOUND));
    }

    /// In a private room nobody has a role that could be too low.
    private static void requireGroup(LockedRoom room) {
        if (room.isPrivate()) {
            throw ProblemException.of(ProblemCode.PRIVATE_ROOM_FIXED);
        }
    }

    private static void requireAtLeast(Role role, Row self) {
        if (self.role().compareTo(role) > 0) {
            throw ProblemException.of(ProblemCode.FORBIDDEN);
        }
    }

    private static void update(ParticipantRows rows, PendingEvents events, Row row) throws SQLException {
        rows.setRole(row.userId(), row.role());
        events.add(RoomEvent.ParticipantUpdated.TYPE, row.userId(), row.state());
    }

    private static void deleteRoom(Connection connection, LockedRoom room, PendingEvents events) throws SQLException {
        try (var statement = connection.prepareStatement(DELETE_ROOM)) {
            statement.setString(1, events.now().toString());
            statement.setObject(2, room.id().value());
            statement.executeUpdate();
        }
        events.add(RoomEvent.RoomDeleted.TYPE);
    }
}
