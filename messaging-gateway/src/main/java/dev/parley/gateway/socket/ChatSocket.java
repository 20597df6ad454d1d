package dev.parley.gateway.socket;

import dev.parley.gateway.admission.Admission;
import dev.parley.gateway.feed.FeedEnd;
import dev.parley.gateway.feed.FeedReader;
import dev.parley.gateway.feed.Resumed;
import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.feed.Subscription;
import dev.parley.gateway.frame.ClientFrame;
import dev.parley.gateway.frame.FrameException;
import dev.parley.gateway.frame.FrameParser;
import dev.parley.gateway.frame.FrameWriter;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.send.Sender;
import dev.parley.gateway.send.Senders;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One open socket on the URL of one room. Thread: the connection's event loop.
final class ChatSocket implements FeedReader, Sender.Socket {

    /// More than this behind, a client reads the log over REST.
    private static final long MAX_REPLAY = 10_000;

    private final WebSocketConnection connection;
    private final Admission admission;
    private final Outbox outbox;
    private final FrameParser parser;
    private final FrameWriter writer;
    private final SocketConfig config;
    private final InstantSource clock;
    private final Sender sender;
    private final MalformedCount malformed;
    private final Heartbeat heartbeat;
    private final TokenLife tokenLife;
    private @Nullable Subscription subscription;
    private @Nullable CloseCode closedWith;
    private boolean closing;

    ChatSocket(
            WebSocketConnection connection,
            Admission admission,
            FrameParser parser,
            FrameWriter writer,
            Senders senders,
            SocketConfig config,
            InstantSource clock) {
        this.connection = connection;
        this.admission = admission;
        this.outbox = new Outbox(admission.channel(), Subprotocol.of(connection.subprotocol()));
        this.parser = parser;
        this.writer = writer;
        this.config = config;
        this.clock = clock;
        this.sender = senders.open(this, connection.id(), userId());
        this.malformed = new MalformedCount(config.malformedPerMinute());
        this.heartbeat = new Heartbeat(connection, eventLoop(), config.heartbeatInterval(), this::close);
        this.tokenLife = new TokenLife(eventLoop(), clock, config.expiryWarning());
    }

    void open() {
        var standing = admission.standing();
        var expiresAt = admission.caller().expiresAt();
        answer(new ServerFrame.Hello(
                connection.id(),
                userId(),
                config.heartbeatInterval().toMillis(),
                config.maxFrameBytes(),
                config.maxSubscriptions(),
                expiresAt,
                clock.instant(),
                admission.roomId(),
                standing.lastSeq(),
                standing.logEpoch()));
        heartbeat.start();
        tokenLife.start(
                expiresAt,
                () -> answer(new ServerFrame.AuthExpiring(expiresAt)),
                () -> close(CloseCode.UNAUTHENTICATED));
        subscribe(admission.resume());
    }

    private void subscribe(Admission.@Nullable Resume resume) {
        var head = admission.standing().lastSeq();
        if (resume == null) {
            subscription = admission.feed().subscribe(this, head, head, null);
            return;
        }
        var from = resume.afterSeq() + 1;
        var epoch = admission.standing().logEpoch();
        var isOfThisLog = resume.logEpoch() == null || resume.logEpoch() == epoch;
        if (isOfThisLog && resume.afterSeq() <= head && head - resume.afterSeq() <= MAX_REPLAY) {
            subscription = admission.feed().subscribe(this, resume.afterSeq(), head, from);
        } else {
            resumed(new Resumed(admission.roomId(), from, resume.afterSeq(), head, epoch, false));
            subscription = admission.feed().subscribe(this, head, head, null);
        }
    }

    void receive(String message) {
        heard();
        if (closing) {
            return;
        }
        if (isTooLarge(message)) {
            close(CloseCode.TOO_LARGE);
            return;
        }
        outbox.subprotocol().objects(message).forEach(this::handle);
    }

    private void handle(String object) {
        if (closing) {
            return;
        }
        try {
            act(parser.parse(object));
        } catch (FrameException e) {
            refuse(e);
        }
    }

    /// No id, no answer; but what is malformed may have lost its id, and its sender has to hear of it.
    private void refuse(FrameException e) {
        var isMalformed = e.code() == ProblemCode.MALFORMED;
        if (isMalformed || e.id().isPresent()) {
            answer(ServerFrame.Failure.of(e.id().orElse(null), e.code(), String.valueOf(e.getMessage())));
        }
        if (isMalformed && malformed.isTooMany()) {
            close(CloseCode.MALFORMED_TOO_OFTEN);
        }
    }

    private void act(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Send send -> send(send);
            case ClientFrame.Ping ping -> answer(new ServerFrame.Pong(ping.id().orElse(null)));
        }
    }

    private void send(ClientFrame.Send frame) {
        try {
            sender.send(frame.roomId() == null ? admission.roomId() : RoomId.fromString(frame.roomId()), frame);
        } catch (IllegalArgumentException e) {
            frame.id()
                    .ifPresent(id -> answer(ServerFrame.Failure.of(
                            id, ProblemCode.ROOM_NOT_FOUND, ProblemCode.ROOM_NOT_FOUND.title())));
        }
    }

    /// A UTF-16 unit is one to three bytes of UTF-8: most frames are decided without counting.
    private boolean isTooLarge(String message) {
        return message.length() > config.maxFrameBytes()
                || (message.length() > config.maxFrameBytes() / 3
                        && ByteBufUtil.utf8Bytes(message) > config.maxFrameBytes());
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
        if (subscription != null) {
            subscription.end();
        }
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

    @Override
    public EventLoop eventLoop() {
        return admission.channel().eventLoop();
    }

    @Override
    public Executor loop() {
        return eventLoop();
    }

    @Override
    public UserId userId() {
        return admission.caller().userId();
    }

    SessionId sessionId() {
        return admission.caller().sessionId();
    }

    @Override
    public void answer(ServerFrame frame) {
        if (takesMore()) {
            outbox.write(writer.write(frame));
        }
    }

    @Override
    public void deliver(SharedBatch batch) {
        if (takesMore()) {
            outbox.writeFrames(
                    batch.encoding(outbox.subprotocol(), outbox::encode).retainedDuplicate());
        }
    }

    @Override
    public void replay(List<byte[]> bodies, Runnable drained) {
        outbox.writeAndThen(bodies, drained);
    }

    @Override
    public void resumed(Resumed end) {
        answer(new ServerFrame.ReplayEnd(
                end.roomId(), end.fromSeq(), end.toSeq(), end.lastSeq(), end.logEpoch(), end.complete()));
    }

    @Override
    public void ended(FeedEnd end) {
        close(
                switch (end) {
                    case NOT_A_PARTICIPANT -> CloseCode.NOT_A_PARTICIPANT;
                    case ROOM_DELETED -> CloseCode.ROOM_DELETED;
                    case INTERNAL_GAP -> CloseCode.INTERNAL_GAP;
                });
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
