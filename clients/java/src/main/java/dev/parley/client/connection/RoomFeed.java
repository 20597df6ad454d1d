package dev.parley.client.connection;

import dev.parley.client.event.Following;
import dev.parley.client.event.LogEvent;
import dev.parley.client.event.RoomEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One room's log, put in order: what comes twice is dropped, what is missing is asked for.
///
/// While something is missing (`isBehind`), what comes from the socket is held, up to a bound; what is not held is in
/// the log as well. *Thread*: the loop.
final class RoomFeed {

    private static final int MAX_HELD = 256;
    private static final long UNKNOWN = -1;

    /// Takes events in order.
    interface Sink {

        /// @param size in characters of JSON, roughly
        void accept(RoomEvent event, int size);

        /// Whether it has no room for more, and none is to be waited for.
        boolean isOverrun();
    }

    private record Held(LogEvent event, int size) {}

    private final UUID room;
    private final Sink sink;
    private final Deque<Held> held = new ArrayDeque<>();
    private long seq = UNKNOWN;
    private @Nullable Long epoch;
    private boolean isFollowed;
    private boolean isBehind;
    private long highest;

    /// @param from null for "from now on"
    RoomFeed(UUID room, @Nullable Position from, Sink sink) {
        this.room = room;
        this.sink = sink;
        if (from != null) {
            seq = from.seq();
            epoch = from.logEpoch();
        }
    }

    UUID room() {
        return room;
    }

    /// Null until a first subscription told where "now" is.
    @Nullable
    Position position() {
        return seq == UNKNOWN ? null : new Position(seq, epoch);
    }

    boolean isBehind() {
        return isBehind;
    }

    boolean isFollowed() {
        return isFollowed;
    }

    /// The server will send what comes after the position.
    void followed(long lastSeq, long logEpoch) {
        if (isFollowed) {
            return;
        }
        isFollowed = true;
        if (seq == UNKNOWN) {
            seq = lastSeq;
            epoch = logEpoch;
            caughtUp();
        }
    }

    /// The socket is gone; the next subscription leads on from the position.
    void interrupted() {
        isFollowed = false;
        isBehind = false;
        held.clear();
        highest = 0;
    }

    /// Takes an event of the socket.
    ///
    /// @return whether the feed has just fallen behind, so that the log has to be read
    boolean offer(LogEvent event, int size) {
        if (!isFollowed || event.seq() <= seq) {
            return false;
        }
        if (!isBehind && event.seq() == seq + 1 && !sink.isOverrun()) {
            deliver(event, size);
            return false;
        }
        hold(event, size);
        return fallBehind(event.seq());
    }

    /// Takes the end of a replay.
    ///
    /// @return whether the feed has just fallen behind
    boolean resumed(long toSeq, long lastSeq, long logEpoch, boolean complete, long catchUpLimit) {
        if (!isFollowed) {
            return false;
        }
        Long known = epoch;
        if (known != null && known != logEpoch) {
            reset(lastSeq, logEpoch, Following.Reload.Cause.LOG_RESTORED);
            return false;
        }
        epoch = logEpoch;
        if (!complete && seq > lastSeq) {
            reset(lastSeq, logEpoch, Following.Reload.Cause.LOG_RESTORED);
            return false;
        }
        if (!complete && lastSeq - seq > catchUpLimit) {
            reset(lastSeq, logEpoch, Following.Reload.Cause.TOO_FAR_BEHIND);
            return false;
        }
        long target = complete ? toSeq : lastSeq;
        if (isBehind || seq < target) {
            return fallBehind(target);
        }
        caughtUp();
        return false;
    }

    /// Takes an event of the log as REST has it. What is past the next one is left for later.
    void read(LogEvent event, int size) {
        if (isBehind && event.seq() == seq + 1) {
            deliver(event, size);
        }
    }

    /// A page of the log has been read: whether that was all.
    boolean join() {
        while (!held.isEmpty() && held.getFirst().event().seq() <= seq + 1) {
            Held next = held.removeFirst();
            if (next.event().seq() == seq + 1) {
                deliver(next.event(), next.size());
            }
        }
        if (held.isEmpty() && seq >= highest) {
            isBehind = false;
            caughtUp();
        }
        return !isBehind;
    }

    /// Whether a page of that epoch is of another log than the one that is followed.
    boolean isOtherLog(long logEpoch) {
        Long known = epoch;
        if (known == null) {
            epoch = logEpoch;
            return false;
        }
        return known != logEpoch;
    }

    void lost(String code) {
        sink.accept(new Following.Gone(room, code), 0);
    }

    private void caughtUp() {
        sink.accept(new Following.CaughtUp(room, seq, Objects.requireNonNull(epoch)), 0);
    }

    private boolean fallBehind(long upTo) {
        highest = Math.max(highest, upTo);
        if (isBehind) {
            return false;
        }
        isBehind = true;
        return true;
    }

    private void hold(LogEvent event, int size) {
        if (held.size() >= MAX_HELD) {
            held.clear();
        }
        if (held.isEmpty() || held.getLast().event().seq() + 1 == event.seq()) {
            held.addLast(new Held(event, size));
        }
    }

    private void reset(long lastSeq, long logEpoch, Following.Reload.Cause cause) {
        interrupted();
        isFollowed = true;
        seq = lastSeq;
        epoch = logEpoch;
        sink.accept(new Following.Reload(room, lastSeq, logEpoch, cause), 0);
    }

    private void deliver(LogEvent event, int size) {
        seq = event.seq();
        sink.accept(event, size);
    }
}
