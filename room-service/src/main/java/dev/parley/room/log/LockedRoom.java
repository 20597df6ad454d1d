package dev.parley.room.log;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;

/// A room whose row this transaction holds: nobody else appends to its log until the commit.
/// @param lastSeq the end of the log, before anything of this transaction
/// @param readOnly a private room of which one account was erased
public record LockedRoom(RoomId id, boolean isPrivate, long lastSeq, long logEpoch, boolean deleted, boolean readOnly) {

    /// Why a read-only room refuses.
    public static final String READ_ONLY = "The other account was erased: the room can only be read";

    /// What is written there changes no more, and nothing is added.
    /// @throws ProblemException `forbidden` if the room is read-only
    public void requireWritable() {
        if (readOnly) {
            throw new ProblemException(ProblemCode.FORBIDDEN, READ_ONLY);
        }
    }
}
