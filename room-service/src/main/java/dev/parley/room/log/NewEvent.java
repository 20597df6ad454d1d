package dev.parley.room.log;

import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A row to append to a log: references only, so that a replay shows what they refer to as it is then.
/// @param messageId the message concerned, of the same room
/// @param userId the participant concerned
/// @param participant how the event leaves him; null when he is removed
/// @param reaction the actor's, and how many there are with it
public record NewEvent(
        RoomId roomId,
        long seq,
        String type,
        UserId actorId,
        @Nullable MessageId messageId,
        @Nullable UserId userId,
        @Nullable ParticipantState participant,
        @Nullable ReactionState reaction,
        Instant timestamp) {}
