package dev.parley.model.internal;

import dev.parley.model.event.EventRoom;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rooms whose log grew since a watermark.
/// @param watermark pass it with the next request; opaque, made from PostgreSQL's clock
/// @param complete false when the watermark was too old or absent, or too many rooms changed: rooms are missing; ask
/// for
///     the heads of each room that is followed
/// @param membershipsComplete the same for memberships: when they are missing, let many-room sockets read their lists
///     again
/// @param memberships whose list of rooms changed since the watermark; what a lost `room.added` signal is healed from
public record Heads(
        String watermark,
        boolean complete,
        boolean membershipsComplete,
        List<Head> rooms,
        List<MembershipChange> memberships) {

    /// @param lastSeq the room's newest event
    public record Head(RoomId roomId, long lastSeq, long logEpoch) {}

    /// A user came into a room, or is no longer in it.
    /// @param seq the event that did it; 0 for the first participants of a new room
    /// @param room what the user is now in; null when he was removed or the room was deleted
    public record MembershipChange(
            RoomId roomId,
            UserId userId,
            long seq,
            @Nullable EventRoom room) {}
}
