package dev.parley.room.room;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.user.UserDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes a room, or finds the one that the same wish has made before. Two who make one room at the same moment both
/// insert; the database lets one of them through, and the other finds what the first has made.
@ApplicationScoped
class CreateRoom {

    /// @param isNew whether this call made it
    record Created(RoomId id, boolean isNew) {}

    private final UserDirectory users;
    private final RoomRepository rooms;
    private final NewRooms newRooms;

    CreateRoom(UserDirectory users, RoomRepository rooms, NewRooms newRooms) {
        this.users = users;
        this.rooms = rooms;
        this.newRooms = newRooms;
    }

    /// @throws ProblemException `validation_failed` if a participant is no user; `unavailable` if that is not known
    Created create(UserId caller, CreateRoomRequest.Wish wish) {
        return switch (wish) {
            case CreateRoomRequest.Wish.PrivateRoom(var other) -> {
                Supplier<Optional<RoomEntity>> existing = () -> rooms.findOfPair(caller, other);
                yield existing.get().map(CreateRoom::found).orElseGet(() -> {
                    requireUsers(caller, List.of(other));
                    return insert(NewRooms.ONE_PER_PAIR, () -> newRooms.insertPrivate(caller, other), existing);
                });
            }
            case CreateRoomRequest.Wish.Group group -> {
                Supplier<Optional<RoomEntity>> existing =
                        () -> Optional.ofNullable(group.clientRoomId()).flatMap(id -> rooms.findByClientId(caller, id));
                yield existing.get().map(CreateRoom::found).orElseGet(() -> {
                    requireUsers(caller, group.participantIds());
                    var others = new LinkedHashSet<>(group.participantIds());
                    others.remove(caller);
                    return insert(
                            NewRooms.ONE_PER_CLIENT_ID,
                            () -> newRooms.insertGroup(caller, group.name(), others, group.clientRoomId()),
                            existing);
                });
            }
        };
    }

    private static Created insert(
            String uniqueness, Supplier<RoomId> insertion, Supplier<Optional<RoomEntity>> existing) {
        try {
            return new Created(insertion.get(), true);
        } catch (DatabaseException e) {
            if (e.violates(uniqueness)) {
                return existing.get().map(CreateRoom::found).orElseThrow(() -> e);
            }
            throw e;
        }
    }

    private static Created found(RoomEntity row) {
        return new Created(row.roomId(), false);
    }

    private void requireUsers(UserId caller, List<UserId> participants) {
        users.requirePresent("participant_ids", participants);
        var self = users.resolve(List.of(caller)).get(caller);
        if (self == null || self.deleted()) {
            // The token outlived its account.
            throw ProblemException.of(ProblemCode.UNAUTHENTICATED);
        }
    }
}
