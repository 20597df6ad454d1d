package dev.parley.gateway.presence;

import dev.parley.gateway.feed.SharedBatch;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.netty.channel.EventLoop;

/// Whoever is told of presence: a socket. The frames come on its event loop.
public interface Watcher {

    EventLoop eventLoop();

    UserId userId();

    /// Takes a frame about a user.
    void presence(SharedBatch frame);

    /// Takes a frame about a room, unless it follows the room no more.
    void presence(RoomId room, SharedBatch frame);
}
