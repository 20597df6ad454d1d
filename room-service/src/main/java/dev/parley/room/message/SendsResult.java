package dev.parley.room.message;

import dev.parley.model.stream.SendOutcome;
import java.util.List;

/// What became of [Sends].
public sealed interface SendsResult {

    /// Everything is committed or refused.
    /// @param outcomes one for each command, in their order
    record Decided(List<SendOutcome> outcomes) implements SendsResult {}

    /// Another transaction holds the room; nothing was decided.
    record RoomBusy() implements SendsResult {}
}
