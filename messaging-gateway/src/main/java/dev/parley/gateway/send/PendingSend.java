package dev.parley.gateway.send;

import dev.parley.gateway.frame.ClientFrame;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.SendCommand;

/// A `message.send` that has no answer yet.
/// @param arrivedNanos by [System#nanoTime]
record PendingSend(RoomId roomId, ClientFrame.Send frame, SendCommand command, long arrivedNanos) {

    static PendingSend of(RoomId roomId, ClientFrame.Send frame, long ref, long arrivedNanos) {
        var command = new SendCommand(ref, frame.clientMessageId(), frame.content(), frame.replyToId());
        return new PendingSend(roomId, frame, command, arrivedNanos);
    }

    long ref() {
        return command.ref();
    }

    int size() {
        return frame.size();
    }
}
