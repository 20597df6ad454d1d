package dev.parley.room.participant;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import org.jspecify.annotations.Nullable;

/// A participant in a room that is not deleted, at one moment.
/// @param lastReadByOthers how far every other present participant has read; null when there is none
/// @param lastSeq the end of the room's log
public record Standing(
        RoomId roomId,
        UserId userId,
        Role role,
        boolean isPrivate,
        long lastReadSeq,
        @Nullable Long lastReadByOthers,
        long lastSeq,
        long logEpoch) {

    /// The `is_read` of a message: on another's whether the user has read it, on his own whether all others have.
    public boolean hasRead(UserId sender, long seq) {
        return sender.equals(userId) ? lastReadByOthers != null && lastReadByOthers >= seq : lastReadSeq >= seq;
    }
}
