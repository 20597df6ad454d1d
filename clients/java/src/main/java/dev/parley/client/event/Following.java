package dev.parley.client.event;

import java.util.UUID;

/// What the client says about its own following of a room; no frame of the server's.
public sealed interface Following extends RoomEvent {

    /// Everything that was in the log has been told; what follows is live. After each time that the room was followed
    /// anew, so after each reconnection too. Keep both numbers to go on from there after a restart.
    record CaughtUp(UUID roomId, long lastSeq, long logEpoch) implements Following {}

    /// The log cannot be followed from where the client was: load the room anew over REST, as at a first start.
    /// The next [LogEvent] is `lastSeq` + 1.
    record Reload(UUID roomId, long lastSeq, long logEpoch, Cause cause) implements Following {

        /// Why.
        public enum Cause {
            /// The server was restored from a backup: what was told after the backup may be gone.
            LOG_RESTORED,
            /// More was missed than `catchUpLimit` of the client's options.
            TOO_FAR_BEHIND
        }
    }

    /// The room is followed no longer, and cannot be: one was removed, it was deleted, or there are too many.
    ///
    /// @param code a problem code, as `room_not_found`, or `validation_failed` for more rooms than allowed
    record Gone(UUID roomId, String code) implements Following {}
}
