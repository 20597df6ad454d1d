package dev.parley.gateway.socket;

import dev.parley.gateway.frame.ClientFrame;
import dev.parley.gateway.frame.FrameException;
import dev.parley.gateway.frame.FrameParser;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.limit.PerMinute;
import dev.parley.gateway.limit.SocketLimits;
import dev.parley.gateway.send.Sender;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Acts on the frames of one socket's client. Thread: the socket's event loop.
final class FrameHandler {

    private final ChatSocket socket;
    private final FrameParser parser;
    private final Sender sender;
    private final @Nullable RoomId ownRoom;
    private final PerMinute malformed;
    private final SocketLimits limits;

    /// @param ownRoom the room of the URL, which frames may leave out; null on the URL for many rooms
    FrameHandler(
            ChatSocket socket, SocketServices services, Sender sender, SocketLimits limits, @Nullable RoomId ownRoom) {
        this.socket = socket;
        this.parser = services.parser;
        this.sender = sender;
        this.ownRoom = ownRoom;
        this.malformed = new PerMinute(services.config.malformedPerMinute());
        this.limits = limits;
    }

    /// @param object what should be one JSON object
    void handle(String object) {
        try {
            var frame = parser.parse(object);
            var wait = limits.take(frame instanceof ClientFrame.Send);
            if (wait > 0) {
                refuse(frame, wait);
            } else {
                act(frame);
            }
        } catch (FrameException e) {
            refuse(e);
        }
    }

    /// No id, no answer; but what is malformed may have lost its id, and its sender has to hear of it.
    private void refuse(FrameException e) {
        var isMalformed = e.code() == ProblemCode.MALFORMED;
        if (isMalformed || e.id().isPresent()) {
            socket.answer(ServerFrame.Failure.of(e.id().orElse(null), e.code(), String.valueOf(e.getMessage())));
        }
        if (isMalformed && malformed.isTooMany()) {
            socket.close(CloseCode.MALFORMED_TOO_OFTEN);
        }
    }

    /// What is refused for its rate is not carried out; what comes after it may be, when its time has come.
    private void refuse(ClientFrame frame, long waitMillis) {
        frame.id()
                .ifPresent(id -> socket.answer(new ServerFrame.Failure(
                        id, ProblemCode.RATE_LIMITED, ProblemCode.RATE_LIMITED.title(), true, waitMillis)));
        if (limits.isTooOften()) {
            socket.close(CloseCode.RATE_LIMITED_TOO_OFTEN);
        }
    }

    private void act(ClientFrame frame) throws FrameException {
        switch (frame) {
            case ClientFrame.Send send -> sender.send(room(send.id(), send.roomId()), send);
            case ClientFrame.Ping(var id) -> socket.answer(new ServerFrame.Pong(id.orElse(null)));
        }
    }

    private RoomId room(Optional<String> id, @Nullable String named) throws FrameException {
        if (named == null) {
            if (ownRoom == null) {
                throw new FrameException(id, ProblemCode.VALIDATION_FAILED, "room_id must be given");
            }
            return ownRoom;
        }
        try {
            return RoomId.fromString(named);
        } catch (IllegalArgumentException e) {
            throw new FrameException(id, ProblemCode.ROOM_NOT_FOUND, ProblemCode.ROOM_NOT_FOUND.title());
        }
    }
}
