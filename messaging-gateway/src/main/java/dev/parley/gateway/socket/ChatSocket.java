package dev.parley.gateway.socket;

import dev.parley.gateway.admission.Admission;
import dev.parley.gateway.feed.FeedEnd;
import dev.parley.gateway.feed.Resumed;
import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.send.Sender;
import dev.parley.model.id.ConnectionId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Heads;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One open socket, of either URL: its way out, its beginning and its end. What its client says is for its
/// [FrameHandler], the rooms it follows are its [Subscriptions].
/// Thread: the connection's event loop.
final class ChatSocket implements Sender.Socket {

    private static final long ANSWER_POLL_MILLIS = 20;

    private final WebSocketConnection connection;
    private final Admission admission;
    private final Outbox outbox;
    private final FrameWriter writer;
    private final SocketConfig config;
    private final InstantSource clock;
    private final SocketMetrics metrics;
    private final Subscriptions subscriptions;
    private final RoomList roomList;
    private final FrameHandler frames;
    private final Probes probes;
    private final Heartbeat heartbeat;
    private final TokenLife tokenLife;
    private final String id = ConnectionId.random().toString();
    private @Nullable CloseCode closedWith;
    private boolean closing;

    /// What is under way is waited for, and nothing more is read.
    private boolean finishing;

    ChatSocket(WebSocketConnection connection, Admission admission, SocketServices services) {
        this.connection = connection;
        this.admission = admission;
        this.outbox = new Outbox(admission.channel(), Subprotocol.of(connection.subprotocol()));
        this.writer = services.writer;
        this.config = services.config;
        this.clock = services.clock;
        this.metrics = services.metrics;
        this.probes = new Probes(connection);
        this.subscriptions = new Subscriptions(this, services.feeds, services.presence);
        this.roomList = new RoomList(this, subscriptions);
        this.frames = new FrameHandler(this, subscriptions, services, admission);
        this.heartbeat = new Heartbeat(probes::ping, eventLoop(), config.heartbeatInterval(), this::close);
        this.tokenLife = new TokenLife(eventLoop(), clock, config.expiryWarning());
    }

    /// Nothing is begun for a connection that ended during the upgrade: nobody would end it.
    void open() {
        if (closing) {
            return;
        }
        var room = admission.room();
        var expiresAt = admission.caller().expiresAt();
        answer(new ServerFrame.Hello(
                id,
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
        liveUntil(expiresAt);
        if (room != null) {
            subscriptions.add(room.id(), room.standing(), room.resume());
            subscriptions.startWaiting();
        }
    }

    /// The token ends then, and the socket with it.
    void liveUntil(Instant expiresAt) {
        tokenLife.start(
                expiresAt,
                () -> answer(new ServerFrame.AuthExpiring(expiresAt)),
                () -> close(CloseCode.UNAUTHENTICATED));
    }

    void receive(String message) {
        heartbeat.heard();
        if (closing) {
            return;
        }
        outbox.subprotocol().objects(message).takeWhile(_ -> !closing).forEach(frames::handle);
    }

    void pong(Buffer payload) {
        heartbeat.heard();
        probes.pong(payload);
    }

    @Override
    public void probe(Runnable answered) {
        probes.send(answered);
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
        finishing = false;
        heartbeat.stop();
        tokenLife.stop();
        frames.close();
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

    /// Ends the connection once what was sent over it is answered, or after the drain's patience. Nothing more is read:
    /// what the client sends from now on is not answered, so it sends that again elsewhere.
    void closeOnceAnswered(CloseCode code) {
        if (closing) {
            return;
        }
        finishing = true;
        pauseReading(true);
        closeOnceAnswered(code, System.nanoTime() + config.drainPatience().toNanos());
    }

    private void closeOnceAnswered(CloseCode code, long until) {
        if (frames.owesNothing() || closing || System.nanoTime() - until >= 0) {
            close(code);
        } else {
            eventLoop().schedule(() -> closeOnceAnswered(code, until), ANSWER_POLL_MILLIS, TimeUnit.MILLISECONDS);
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

    String connectionId() {
        return id;
    }

    boolean isClosing() {
        return closing;
    }

    /// Whether it is on the URL for many rooms.
    boolean hasManyRooms() {
        return admission.room() == null;
    }

    @Override
    public void answer(ServerFrame frame) {
        if (takesMore()) {
            outbox.write(writer.write(frame));
            metrics.framesOut().increment();
        }
    }

    void deliver(SharedBatch batch) {
        if (takesMore()) {
            outbox.writeFrames(
                    batch.encoding(outbox.subprotocol(), outbox::encode).retainedDuplicate());
            metrics.framesOut().increment(batch.size());
        }
    }

    /// Bytes that wait for the network. Any thread.
    long pendingBytes() {
        return outbox.pendingBytes();
    }

    /// What is of the moment is dropped first when the client reads slowly.
    void signal(SharedBatch frame) {
        if (outbox.pendingBytes() > config.maxPendingBytes() / 2) {
            metrics.shed().increment();
        } else {
            deliver(frame);
        }
    }

    /// A signal for the user. On the URL of a room only what is about that room is of interest, and not that it is in
    /// the user's list: there, the close code tells.
    void userSignal(@Nullable RoomId about, String type, SharedBatch frame) {
        var own = admission.room();
        if (RoomList.isChange(type)) {
            // Without its room it cannot be told once: heads will tell it.
            if (own == null && about != null) {
                roomList.bySignal(about, type, frame);
            }
        } else if (own == null || own.id().equals(about)) {
            signal(frame);
        }
    }

    /// @param change the newest of its user and room that heads know of
    void membershipChanged(Heads.MembershipChange change) {
        if (!closing && hasManyRooms()) {
            roomList.byHeads(change);
        }
    }

    /// @param wanted asked when its turn comes: what nobody wants any more is not written
    void replay(List<byte[]> bodies, BooleanSupplier wanted, Runnable drained) {
        metrics.framesOut().increment(bodies.size());
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
        frames.roomGone(room);
        if (hasManyRooms()) {
            roomList.byLog(room);
        } else {
            close(code);
        }
    }

    @Override
    public void pauseReading(boolean pause) {
        admission.channel().config().setAutoRead(!pause && !finishing);
    }

    /// A queue that is too long ends the socket: it comes back and reads from where it was.
    private boolean takesMore() {
        if (!closing && outbox.pendingBytes() > config.maxPendingBytes()) {
            close(CloseCode.SLOW_CONSUMER);
        }
        return !closing;
    }
}
