package dev.parley.room.room;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.RoomId;
import dev.parley.room.message.MessageView;
import dev.parley.room.participant.ParticipantView;
import dev.parley.room.participant.Role;
import dev.parley.room.participant.Standing;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A room, as one of its participants sees it.
/// @param name null when private
/// @param participants the longest-serving ones, not all
/// @param lastMessage the one with the highest `seq`, a deleted one too
/// @param unreadCount the caller's; 100 means "100 or more"
/// @param lastReadSeq the caller's
/// @param role the caller's
@JsonPropertyOrder({
    "id",
    "room_type",
    "name",
    "participants",
    "participant_count",
    "created_at",
    "last_seq",
    "log_epoch",
    "last_message",
    "unread_count",
    "last_read_seq",
    "role"
})
@Schema(name = "Room")
record RoomView(
        RoomId id,
        RoomType roomType,
        @Nullable String name,
        List<ParticipantView> participants,
        int participantCount,
        Instant createdAt,
        long lastSeq,
        long logEpoch,
        @Nullable MessageView lastMessage,
        int unreadCount,
        long lastReadSeq,
        Role role) {

    static RoomView of(
            RoomEntity row,
            Standing reader,
            List<ParticipantView> participants,
            @Nullable MessageView lastMessage,
            int unreadCount) {
        return new RoomView(
                row.roomId(),
                row.roomType,
                row.name,
                participants,
                row.participantCount,
                row.createdAt,
                row.lastSeq,
                row.logEpoch,
                lastMessage,
                unreadCount,
                reader.lastReadSeq(),
                reader.role());
    }
}
