package dev.parley.gateway.socket;

import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.gateway.socket.MembershipNews.Kind;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.Heads;
import org.jspecify.annotations.Nullable;

/// Tells a socket for many rooms which rooms its user came into and which he is no longer in.
/// Of a room that is followed the log decides: `participant.removed` comes first, then `room.removed`.
/// Thread: the socket's event loop.
final class RoomList {

    private final ChatSocket socket;
    private final Subscriptions subscriptions;
    private @Nullable MembershipNews news;

    RoomList(ChatSocket socket, Subscriptions subscriptions) {
        this.socket = socket;
        this.subscriptions = subscriptions;
    }

    /// Whether a signal of this type tells of such a change.
    static boolean isChange(String type) {
        return type.equals(RoomListChange.Added.TYPE) || type.equals(RoomListChange.Removed.TYPE);
    }

    void bySignal(RoomId room, String type, SharedBatch frame) {
        var kind = type.equals(RoomListChange.Added.TYPE) ? Kind.ADDED : Kind.REMOVED;
        if (kind == Kind.REMOVED && subscriptions.has(room)) {
            subscriptions.checkLog(room);
        } else if (news().bySignal(room, kind, System.nanoTime())) {
            socket.deliver(frame);
        }
    }

    /// @param change the newest of its user and room
    void byHeads(Heads.MembershipChange change) {
        var room = change.roomId();
        var kind = change.room() == null ? Kind.REMOVED : Kind.ADDED;
        if (kind == Kind.REMOVED && subscriptions.has(room)) {
            return;
        }
        if (news().byHeads(room, kind, change.seq(), System.nanoTime())) {
            tell(change.room() == null ? new RoomListChange.Removed(room) : new RoomListChange.Added(change.room()));
        }
    }

    void byLog(RoomId room) {
        news().byLog(room, System.nanoTime());
        tell(new RoomListChange.Removed(room));
    }

    private void tell(RoomListChange change) {
        socket.answer(new ServerFrame.RoomListChanged(change));
    }

    /// Most sockets hear of no change in their life.
    private MembershipNews news() {
        var known = news;
        if (known == null) {
            known = new MembershipNews();
            news = known;
        }
        return known;
    }
}
