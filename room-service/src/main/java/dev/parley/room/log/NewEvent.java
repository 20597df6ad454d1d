package dev.parley.room.log;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row to append to a log: references only, so that a replay shows what they refer to as it is then.
/// @param messageId the message concerned, of the same room
/// @param userId the user concerned, when that is not the actor's message
public record NewEvent(
        RoomId roomId,
        long seq,
        String type,
        UserId actorId,
        @Nullable MessageId messageId,
        @Nullable UserId userId,
        Instant timestamp) {}
