package dev.parley.gateway.socket;

import dev.parley.gateway.GatewayIdentity;
import dev.parley.gateway.feed.Ephemeral;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.feed.SharedBatch;
import dev.parley.model.stream.Signal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Hands signals to the sockets they concern. Nobody waits for one, and none waits long: when the event loops are
/// behind, it is dropped. Thread-safe.
@ApplicationScoped
public class SignalDelivery {

    private final GatewayIdentity gateway;
    private final RoomFeeds feeds;
    private final SocketsByUser sockets;

    SignalDelivery(GatewayIdentity gateway, RoomFeeds feeds, SocketsByUser sockets) {
        this.gateway = gateway;
        this.feeds = feeds;
        this.sockets = sockets;
    }

    public void deliver(Signal signal) {
        var except = signal.except();
        var exceptConnection = except != null && except.gatewayId().equals(gateway.id()) ? except.connectionId() : null;
        var body = signal.body().getBytes(StandardCharsets.UTF_8);
        switch (signal.audience()) {
            case Signal.Audience.OfRoom(var room, var exceptUser) ->
                feeds.signal(room, new Ephemeral(exceptUser, exceptConnection, body));
            case Signal.Audience.OfUser(var user, var room) ->
                sockets.withEach(user, socket -> {
                    if (!socket.connectionId().equals(exceptConnection)) {
                        SharedBatch.deliver(List.of(body), frame -> socket.userSignal(room, signal.type(), frame));
                    }
                });
        }
    }
}
