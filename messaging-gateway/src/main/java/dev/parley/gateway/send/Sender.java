package dev.parley.gateway.send;

import dev.parley.gateway.frame.ClientFrame;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendOutcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The sending side of one connection: its lanes, and the answers it still owes.
///
/// Thread: the socket's event loop, unless a method says otherwise.
public final class Sender {

    private static final String NOT_KNOWN = "it is not known whether the message is stored; send it again";
    private static final long LONG_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String BUSY = "too many messages are on their way";

    /// What a sender needs of its socket.
    public interface Socket {

        /// The socket's event loop.
        Executor loop();

        void answer(ServerFrame frame);

        /// Runs `answered` when all that the client sent before it saw what was written to it so far has come.
        /// Never, when the connection ends before.
        void probe(Runnable answered);

        /// Asks the socket to read no frames (true), or to read on.
        void pauseReading(boolean pause);
    }

    private final Socket socket;
    private final Origin origin;
    private final UserId userId;
    private final Senders senders;
    private final SendConfig limits;
    private final Map<RoomId, SendLane> lanes = new HashMap<>();
    private final Map<Long, EntryUnderWay> entries = new HashMap<>();
    private long lastRef;
    private int unanswered;
    private long unansweredBytes;
    private boolean closed;

    /// Rooms in which sends were given up, until the client can know: what it sent before then is behind them.
    private final Set<RoomId> broken = new HashSet<>();

    private boolean paused;
    private long pausedAtNanos;

    /// When what is read now may have arrived, after a long pause; 0 when it arrives as it is read.
    private long arrivedAtNanos;

    private int longPauses;

    Sender(Socket socket, Origin origin, UserId userId, Senders senders, SendConfig limits) {
        this.socket = socket;
        this.origin = origin;
        this.userId = userId;
        this.senders = senders;
        this.limits = limits;
    }

    /// Sees to it that the frame is answered: stored, refused, or given up.
    public void send(RoomId roomId, ClientFrame.Send frame) {
        if (broken.contains(roomId)) {
            answer(frame, ServerFrame.Failure.of(frame.id().orElse(null), ProblemCode.UNAVAILABLE, NOT_KNOWN));
            return;
        }
        if (!senders.admit()) {
            answer(frame, ServerFrame.Failure.of(frame.id().orElse(null), ProblemCode.UNAVAILABLE, BUSY));
            return;
        }
        var arrived = arrival();
        lastRef = senders.nextRef(arrived, lastRef);
        var send = PendingSend.of(roomId, frame, lastRef, arrived);
        unanswered++;
        unansweredBytes += send.size();
        var lane = lanes.computeIfAbsent(roomId, id -> new SendLane(id, limits));
        lane.add(send);
        dispatch(lane);
        pauseOrGoOn();
    }

    /// Whether every frame has its answer.
    public boolean owesNothing() {
        return unanswered == 0;
    }

    /// The connection has ended: nobody waits for answers. What is under way goes its way.
    public void close() {
        closed = true;
        senders.remove(this, unanswered, entries.values());
        lanes.clear();
        entries.clear();
    }

    String connectionId() {
        return origin.connectionId();
    }

    /// Any thread.
    void settleLater(long ref, SendOutcome outcome) {
        socket.loop().execute(() -> settle(ref, outcome));
    }

    /// Any thread.
    void giveUpLater(EntryUnderWay entry) {
        socket.loop().execute(() -> giveUp(entry));
    }

    private void dispatch(SendLane lane) {
        var sends = lane.next();
        if (sends.isEmpty()) {
            if (lane.isEmpty()) {
                lanes.remove(lane.roomId());
            }
            return;
        }
        var entry = new EntryUnderWay(
                this,
                new IngestEntry(
                        lane.roomId(),
                        userId,
                        origin,
                        sends.stream().map(PendingSend::command).toList()),
                sends.getFirst().arrivedNanos());
        sends.forEach(send -> entries.put(send.ref(), entry));
        senders.dispatch(entry);
    }

    /// An outcome may come more than once, by relay, reply and rescue: the first counts.
    private void settle(long ref, SendOutcome outcome) {
        var entry = entries.get(ref);
        var lane = entry == null ? null : lanes.get(entry.entry().roomId());
        if (entry == null || lane == null) {
            return;
        }
        lane.settle(ref).ifPresent(send -> {
            forget(List.of(send));
            if (outcome instanceof SendOutcome.Stored) {
                senders.committed(send.arrivedNanos());
            }
            answer(send.frame(), frame(send, outcome));
        });
        if (!lane.hasUnderWay()) {
            senders.done(entry);
            dispatch(lane);
        }
        pauseOrGoOn();
    }

    private void giveUp(EntryUnderWay entry) {
        var lane = lanes.get(entry.entry().roomId());
        var isUnderWay = entry.entry().commands().stream().anyMatch(command -> entries.containsKey(command.ref()));
        if (closed || lane == null || !isUnderWay) {
            return;
        }
        var lost = lane.giveUp();
        lanes.remove(lane.roomId());
        forget(lost);
        senders.done(entry);
        lost.forEach(send -> answer(
                send.frame(),
                ServerFrame.Failure.of(send.frame().id().orElse(null), ProblemCode.UNAVAILABLE, NOT_KNOWN)));
        broken.add(lane.roomId());
        socket.probe(() -> broken.remove(lane.roomId()));
        pauseOrGoOn();
    }

    private void forget(List<PendingSend> sends) {
        sends.forEach(send -> {
            entries.remove(send.ref());
            unansweredBytes -= send.size();
        });
        unanswered -= sends.size();
        senders.answered(sends.size());
    }

    private void pauseOrGoOn() {
        var pause = unanswered >= limits.unansweredPerSocket() || unansweredBytes >= limits.unansweredBytesPerSocket();
        var now = System.nanoTime();
        if (pause && !paused) {
            pausedAtNanos = now;
        } else if (!pause && paused && now - pausedAtNanos > LONG_PAUSE_NANOS) {
            endLongPause();
        }
        paused = pause;
        socket.pauseReading(pause);
    }

    /// What waited in the network counts as arrived when the pause began, or its answer would come later than 30 s
    /// after it was sent.
    private void endLongPause() {
        if (arrivedAtNanos == 0) {
            arrivedAtNanos = pausedAtNanos;
        }
        var pause = ++longPauses;
        socket.probe(() -> {
            if (pause == longPauses) {
                arrivedAtNanos = 0;
            }
        });
    }

    private long arrival() {
        return arrivedAtNanos == 0 ? System.nanoTime() : arrivedAtNanos;
    }

    private void answer(ClientFrame.Send frame, ServerFrame answer) {
        if (frame.id().isPresent()) {
            socket.answer(answer);
        }
    }

    private static ServerFrame frame(PendingSend send, SendOutcome outcome) {
        var id = send.frame().id().orElse("");
        return switch (outcome) {
            case SendOutcome.Stored(var messageId, var seq, var timestamp, var duplicate) ->
                new ServerFrame.SendAck(
                        id, send.frame().clientMessageId(), messageId, send.roomId(), seq, timestamp, duplicate);
            case SendOutcome.Refused(var code, var detail) -> ServerFrame.Failure.of(id, code, detail);
        };
    }
}
