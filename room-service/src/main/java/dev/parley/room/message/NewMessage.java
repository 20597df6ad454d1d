package dev.parley.room.message;

import dev.parley.model.event.EventMessage;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.log.LockedRoom;
import dev.parley.room.log.LoggedEvent;
import dev.parley.room.log.NewEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message that was decided to be stored.
/// @param hash of content and reply target; null exactly when there is no `client_message_id`
/// @param cause the gateway's command behind it; null over REST
record NewMessage(
        LockedRoom room, EventMessage message, @Nullable UUID hash, RelayEntry.@Nullable Cause cause) {

    NewEvent event() {
        return new NewEvent(
                message.roomId(),
                message.seq(),
                RoomEvent.MessageCreated.TYPE,
                message.sender().id(),
                message.id(),
                null,
                null,
                null,
                message.timestamp());
    }

    LoggedEvent logged() {
        return new LoggedEvent(
                new RoomEvent.MessageCreated(
                        message.roomId(),
                        message.seq(),
                        message.timestamp(),
                        message.sender().id(),
                        message),
                room.logEpoch(),
                cause);
    }

    @Nullable
    UUID replyToId() {
        return message.replyTo() == null ? null : message.replyTo().id().value();
    }

    @Nullable
    Long replyToSeq() {
        return message.replyTo() == null ? null : message.replyTo().seq();
    }
}
