package dev.parley.room.message;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.log.LockedRooms;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch is decided by, read under the rooms' locks.
/// @param repeats the batch's commands that were stored before
/// @param participants senders who are in the room, by room and user
/// @param targets the `seq` of the messages that are replied to, by room and message
record SendFacts(
        LockedRooms rooms,
        Map<SendKey, StoredSend> repeats,
        Map<InRoom<UserId>, UserRef> participants,
        Map<InRoom<MessageId>, Long> targets) {

    /// Something in a room.
    record InRoom<T>(RoomId roomId, T id) {}

    @Nullable
    UserRef participant(RoomId room, UserId user) {
        return participants.get(new InRoom<>(room, user));
    }

    @Nullable
    Long target(RoomId room, MessageId message) {
        return targets.get(new InRoom<>(room, message));
    }
}
