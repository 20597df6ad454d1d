package dev.parley.gateway.socket;

import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.presence.Watcher;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.netty.channel.EventLoop;

/// A socket, as presence sees it. One instance a socket. Thread: the socket's event loop.
final class SocketWatcher implements Watcher {

    private final ChatSocket socket;
    private final Subscriptions subscriptions;

    SocketWatcher(ChatSocket socket, Subscriptions subscriptions) {
        this.socket = socket;
        this.subscriptions = subscriptions;
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
    public void presence(SharedBatch frame) {
        socket.signal(frame);
    }

    @Override
    public void presence(RoomId room, SharedBatch frame) {
        if (subscriptions.has(room)) {
            socket.signal(frame);
        }
    }
}
