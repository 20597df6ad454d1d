package dev.parley.gateway.socket;

import dev.parley.gateway.feed.FeedEnd;
import dev.parley.gateway.feed.FeedReader;
import dev.parley.gateway.feed.Resume;
import dev.parley.gateway.feed.Resumed;
import dev.parley.gateway.feed.RoomFeed;
import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.feed.Subscription;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Standing;
import io.netty.channel.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One room that a socket follows. After [#end] nothing of the room is written to the socket, not even what waited.
/// Thread: the socket's event loop.
final class RoomReader implements FeedReader {

    private final ChatSocket socket;
    private final Subscriptions subscriptions;
    private final RoomId roomId;
    private final Standing standing;
    private final @Nullable Resume resume;
    private @Nullable Subscription subscription;
    private boolean live;
    private boolean over;

    /// @param standing the user's participation, and the head the replay leads to
    /// @param resume null when live events are all that was asked for
    RoomReader(
            ChatSocket socket, Subscriptions subscriptions, RoomId roomId, Standing standing, @Nullable Resume resume) {
        this.socket = socket;
        this.subscriptions = subscriptions;
        this.roomId = roomId;
        this.standing = standing;
        this.resume = resume;
    }

    RoomId roomId() {
        return roomId;
    }

    /// Whether it has caught up with its room, or never will.
    boolean isDoneReading() {
        return live || over;
    }

    void start(RoomFeed feed) {
        var head = standing.lastSeq();
        if (resume != null && resume.isPossible(head, standing.logEpoch())) {
            subscription = feed.subscribe(this, resume.afterSeq(), head, resume.afterSeq() + 1);
            return;
        }
        if (resume != null) {
            var after = resume.afterSeq();
            resumed(new Resumed(roomId, after + 1, after, head, standing.logEpoch(), false));
        }
        subscription = feed.subscribe(this, head, head, null);
    }

    void end() {
        stop();
        if (subscription != null) {
            subscription.end();
        }
    }

    private void stop() {
        if (live && !over) {
            subscriptions.isLiveNoMore(roomId);
        }
        over = true;
    }

    @Override
    public EventLoop eventLoop() {
        return socket.eventLoop();
    }

    @Override
    public UserId userId() {
        return socket.userId();
    }

    @Override
    public String connectionId() {
        return socket.connectionId();
    }

    @Override
    public void signal(SharedBatch frame) {
        socket.signal(frame);
    }

    @Override
    public void deliver(SharedBatch batch) {
        if (!over) {
            socket.deliver(batch);
        }
    }

    @Override
    public void replay(List<byte[]> bodies, Runnable drained) {
        socket.replay(bodies, () -> !over, drained);
    }

    @Override
    public void resumed(Resumed end) {
        socket.resumed(end);
    }

    @Override
    public void live() {
        if (!live && !over) {
            subscriptions.isLive(roomId);
        }
        live = true;
        subscriptions.startWaiting();
    }

    @Override
    public void ended(FeedEnd cause) {
        stop();
        subscriptions.ended(this, cause);
    }
}
