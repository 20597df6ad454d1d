package dev.parley.gateway.socket;

import dev.parley.gateway.admission.Admission;
import dev.parley.gateway.feed.FeedEnd;
import dev.parley.gateway.feed.Resumed;
import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.send.Sender;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One open socket, of either URL: its way out, its beginning and its end. What its client says is for its
/// [FrameHandler], the rooms it follows are its [Subscriptions].
/// Thread: the connection's event loop.
final class ChatSocket implements Sender.Socket {

    private final WebSocketConnection connection;
    private final Admission admission;
    private final Outbox outbox;
    private final FrameWriter writer;
    private final SocketConfig config;
    private final InstantSource clock;
    private final Sender sender;
    private final Subscriptions subscriptions;
    private final FrameHandler frames;
    private final Heartbeat heartbeat;
    private final TokenLife tokenLife;
    private @Nullable CloseCode closedWith;
    private boolean closing;

    ChatSocket(WebSocketConnection connection, Admission admission, SocketServices services) {
        this.connection = connection;
        this.admission = admission;
        this.outbox = new Outbox(admission.channel(), Subprotocol.of(connection.subprotocol()));
        this.writer = services.writer;
        this.config = services.config;
        this.clock = services.clock;
        this.sender = services.senders.open(this, connection.id(), userId());
        this.subscriptions = new Subscriptions(this, services.feeds);
        var room = admission.room();
        this.frames = new FrameHandler(
                this,
                services,
                sender,
                services.limits.ofSocket(userId(), admission.address()),
                room == null ? null : room.id());
        this.heartbeat = new Heartbeat(connection, eventLoop(), config.heartbeatInterval(), this::close);
        this.tokenLife = new TokenLife(eventLoop(), clock, config.expiryWarning());
    }

    void open() {
        var room = admission.room();
        var expiresAt = admission.caller().expiresAt();
        answer(new ServerFrame.Hello(
                connection.id(),
                userId(),
                config.heartbeatInterval().toMillis(),
                config.maxFrameBytes(),
                config.maxSubscriptions(),
                expiresAt,
                clock.instant(),
                room == null ? null : room.id(),
                room == null ? null : room.standing().lastSeq(),
                room == null ? null : room.standing().logEpoch()));
        heartbeat.start();
        tokenLife.start(
                expiresAt,
                () -> answer(new ServerFrame.AuthExpiring(expiresAt)),
                () -> close(CloseCode.UNAUTHENTICATED));
        if (room != null) {
            subscriptions.add(room.id(), room.standing(), room.resume());
            subscriptions.startWaiting();
        }
    }

    void receive(String message) {
        heard();
        if (closing) {
            return;
        }
        outbox.subprotocol().objects(message).takeWhile(_ -> !closing).forEach(frames::handle);
    }

    /// The client is there.
    void heard() {
        heartbeat.heard();
    }

    /// Says why, and ends the connection once that is out; a reader that takes nothing is cut off.
    void close(CloseCode code) {
        if (!closing) {
            closedWith = code;
            stop();
            outbox.closeAfter(() -> connection.close(code.reason()).subscribe().with(done -> {}, failure -> {}));
        }
    }

    /// The connection is gone, or about to go.
    void stop() {
        closing = true;
        heartbeat.stop();
        tokenLife.stop();
        sender.close();
        // The rest is read and dropped, or the client's own close would never be seen.
        pauseReading(false);
        subscriptions.endAll();
    }

    /// Who ended the connection, for a metric: the server, by its close code's name, or the client.
    String endCause() {
        return closedWith == null ? "client" : closedWith.name().toLowerCase(Locale.ROOT);
    }

    /// The gateway stops.
    /// @param reconnectAfterMs spreads the clients' return
    void drain(long reconnectAfterMs) {
        if (!closing) {
            answer(new ServerFrame.Draining(reconnectAfterMs));
        }
    }

    /// May be called from any thread: sockets never move.
    EventLoop eventLoop() {
        return admission.channel().eventLoop();
    }

    @Override
    public Executor loop() {
        return eventLoop();
    }

    UserId userId() {
        return admission.caller().userId();
    }

    SessionId sessionId() {
        return admission.caller().sessionId();
    }

    /// Whether it is on the URL for many rooms.
    boolean hasManyRooms() {
        return admission.room() == null;
    }

    @Override
    public void answer(ServerFrame frame) {
        if (takesMore()) {
            outbox.write(writer.write(frame));
        }
    }

    void deliver(SharedBatch batch) {
        if (takesMore()) {
            outbox.writeFrames(
                    batch.encoding(outbox.subprotocol(), outbox::encode).retainedDuplicate());
        }
    }

    /// @param wanted asked when its turn comes: what nobody wants any more is not written
    void replay(List<byte[]> bodies, BooleanSupplier wanted, Runnable drained) {
        outbox.replay(new Outbox.Part(bodies, wanted, drained));
    }

    void resumed(Resumed end) {
        answer(new ServerFrame.ReplayEnd(
                end.roomId(), end.fromSeq(), end.toSeq(), end.lastSeq(), end.logEpoch(), end.complete()));
    }

    /// A room's log cannot be read on: the end of a socket for one room, and of any whose log has a gap.
    void roomEnded(RoomId room, FeedEnd end) {
        switch (end) {
            case INTERNAL_GAP -> close(CloseCode.INTERNAL_GAP);
            case NOT_A_PARTICIPANT -> roomGone(room, CloseCode.NOT_A_PARTICIPANT);
            case ROOM_DELETED -> roomGone(room, CloseCode.ROOM_DELETED);
        }
    }

    private void roomGone(RoomId room, CloseCode code) {
        if (hasManyRooms()) {
            answer(new ServerFrame.RoomRemoved(room));
        } else {
            close(code);
        }
    }

    @Override
    public void pauseReading(boolean pause) {
        admission.channel().config().setAutoRead(!pause);
    }

    /// A queue that is too long ends the socket: it comes back and reads from where it was.
    private boolean takesMore() {
        if (!closing && outbox.pendingBytes() > config.maxPendingBytes()) {
            close(CloseCode.SLOW_CONSUMER);
        }
        return !closing;
    }
}
