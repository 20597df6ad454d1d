package dev.parley.gateway.socket;

import dev.parley.model.id.RoomId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a socket was told about its user's list of rooms, so that it is told each change at least once and is not
/// flooded: a change comes as a signal without a `seq`, and then with one in several rounds of heads.
///
/// Bounded: of what is forgotten, the last ten seconds may be told again.
/// Thread: the socket's event loop.
final class MembershipNews {

    enum Kind {
        ADDED,
        REMOVED
    }

    /// A round of heads may have been read before the signal that contradicts it was sent; the next one was not.
    private static final Duration HEADS_MAY_BE_OLDER = Duration.ofMillis(1_500);

    private static final int LIMIT = 1_000;

    /// @param seq the highest that was seen; changes up to it are known
    /// @param isExact whether `kind` is what the change of `seq` did
    private record Told(Kind kind, long seq, boolean isExact, long nanos) {}

    private final Map<RoomId, Told> told = new LinkedHashMap<>();

    /// @return whether the client is to be told
    boolean bySignal(RoomId room, Kind kind, long nowNanos) {
        var before = told.get(room);
        if (before != null && before.kind() == kind) {
            return false;
        }
        note(room, new Told(kind, before == null ? -1 : before.seq(), false, nowNanos));
        return true;
    }

    /// @param seq of the newest change that heads know of
    /// @return whether the client is to be told
    boolean byHeads(RoomId room, Kind kind, long seq, long nowNanos) {
        var before = told.get(room);
        if (before == null) {
            note(room, new Told(kind, seq, true, nowNanos));
            return true;
        }
        if (seq <= before.seq()) {
            return false;
        }
        var isTheSignals = !before.isExact() && before.kind() == kind;
        var isPerhapsOlder = !before.isExact() && nowNanos - before.nanos() < HEADS_MAY_BE_OLDER.toNanos();
        if (!isTheSignals && isPerhapsOlder) {
            return false;
        }
        note(room, new Told(kind, seq, true, nowNanos));
        return !isTheSignals;
    }

    /// The room's log ended for the user, and the client is told so.
    void byLog(RoomId room, long nowNanos) {
        var before = told.get(room);
        note(room, new Told(Kind.REMOVED, before == null ? -1 : before.seq(), false, nowNanos));
    }

    private void note(RoomId room, Told news) {
        told.remove(room);
        told.put(room, news);
        if (told.size() > LIMIT) {
            told.remove(told.keySet().iterator().next());
        }
    }
}
