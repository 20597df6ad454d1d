package dev.parley.gateway.socket;

import dev.parley.gateway.admission.Admission;
import dev.parley.gateway.frame.ClientFrame;
import dev.parley.gateway.frame.FrameException;
import dev.parley.gateway.frame.FrameParser;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.limit.PerMinute;
import dev.parley.gateway.limit.SocketLimits;
import dev.parley.gateway.participation.StandingLookups;
import dev.parley.gateway.read.ReadMarks;
import dev.parley.gateway.send.Sender;
import dev.parley.gateway.typing.Typing;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.Origin;
import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Acts on the frames of one socket's client. Thread: the socket's event loop.
final class FrameHandler {

    private final ChatSocket socket;
    private final Subscriptions subscriptions;
    private final StandingLookups lookups;
    private final FrameParser parser;
    private final @Nullable RoomId ownRoom;
    private final PerMinute malformed;
    private final SocketLimits limits;
    private final Counter framesIn;
    private final Sender sender;
    private final SubscriptionRequests requests;
    private final ReadMarks reads;
    private final Typing typing;
    private final TokenRefresh refresh;

    FrameHandler(ChatSocket socket, Subscriptions subscriptions, SocketServices services, Admission admission) {
        this.socket = socket;
        this.subscriptions = subscriptions;
        this.lookups = services.lookups;
        this.parser = services.parser;
        this.framesIn = services.metrics.framesIn();
        this.ownRoom = admission.room() == null ? null : admission.room().id();
        this.malformed = new PerMinute(services.config.malformedPerMinute());
        var caller = admission.caller();
        this.limits = services.limits.ofSocket(caller.userId(), admission.address());
        var origin = new Origin(services.gateway.id(), socket.connectionId());
        this.sender = services.senders.open(socket, origin, caller.userId());
        this.requests = new SubscriptionRequests(socket, subscriptions, services, ownRoom);
        this.reads = new ReadMarks(caller.userId(), origin, services.cursors, socket.eventLoop(), socket::answer);
        this.typing = new Typing(
                new Typing.Typist(caller.userId(), caller.username(), origin),
                this::isParticipant,
                services.signals,
                services.writer,
                services.typing,
                socket.eventLoop());
        this.refresh = new TokenRefresh(socket, services, socket::liveUntil);
    }

    /// @param object what should be one JSON object
    void handle(String object) {
        framesIn.increment();
        // What is invalid counts as well: it is answered, and costs as much as what is not.
        var wait = limits.takeFrame();
        try {
            var frame = parser.parse(object, ownRoom);
            if (wait == 0 && frame instanceof ClientFrame.Send) {
                wait = limits.takeMessage();
            }
            if (wait > 0) {
                refuse(frame.id(), wait);
            } else {
                act(frame);
            }
        } catch (FrameException e) {
            if (wait > 0) {
                refuse(e.id(), wait);
            } else {
                refuse(e);
            }
        }
    }

    /// Whether every message that was sent is answered.
    boolean owesNothing() {
        return sender.owesNothing();
    }

    /// The connection has ended.
    void close() {
        sender.close();
        typing.close();
    }

    /// The user is no participant of the room any more.
    void roomGone(RoomId room) {
        typing.leave(room);
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
    private void refuse(Optional<String> frameId, long waitMillis) {
        frameId.ifPresent(id -> socket.answer(new ServerFrame.Failure(
                id, ProblemCode.RATE_LIMITED, ProblemCode.RATE_LIMITED.title(), true, waitMillis)));
        if (limits.isTooOften()) {
            socket.close(CloseCode.RATE_LIMITED_TOO_OFTEN);
        }
    }

    private void act(ClientFrame frame) throws FrameException {
        switch (frame) {
            case ClientFrame.Send send -> sender.send(room(send.id(), send.roomId()), send);
            case ClientFrame.Read(var id, var room, var seq) -> reads.read(id, room(id, room), seq);
            case ClientFrame.Typing(var id, var room, var isTyping) -> typing.typed(room(id, room), isTyping);
            case ClientFrame.Subscribe subscribe -> requests.subscribe(subscribe);
            case ClientFrame.Unsubscribe unsubscribe -> requests.unsubscribe(unsubscribe);
            case ClientFrame.Refresh token -> refresh.refresh(token);
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

    /// Who follows the room is a participant: the room's log ends what is not so any more.
    private CompletionStage<Boolean> isParticipant(RoomId room) {
        return subscriptions.has(room)
                ? CompletableFuture.completedFuture(true)
                : lookups.of(socket.userId(), List.of(room)).thenApply(found -> found.containsKey(room));
    }
}
