package dev.parley.gateway.feed;

import dev.parley.model.id.UserId;
import io.netty.channel.EventLoop;
import java.util.List;

/// Whoever reads a room's log over a [Subscription]: a socket, or a test. All calls come on [#eventLoop].
public interface FeedReader {

    EventLoop eventLoop();

    UserId userId();

    /// Unique within the process.
    String connectionId();

    /// Takes live events; ends itself if its queue is too long.
    /// @param batch shared by all readers on the event loop that are at the same position
    void deliver(SharedBatch batch);

    /// Takes something of the moment, or drops it.
    void signal(SharedBatch frame);

    /// Takes a part of a replay, and runs `drained` once the network has taken it.
    void replay(List<byte[]> bodies, Runnable drained);

    /// The replay that was asked for has ended; what comes next is live.
    void resumed(Resumed resumed);

    /// The position is the room's head: what comes next is live. Told again after each time it fell behind.
    void live();

    /// The room's log cannot be read on: the subscription is over.
    void ended(FeedEnd end);
}
