package dev.parley.gateway.socket;

import dev.parley.gateway.GatewayIdentity;
import dev.parley.gateway.feed.Ephemeral;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.feed.SharedBatch;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.Signal;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hands signals to the sockets they concern. Nobody waits for one, and none waits long: when the event loops are
/// behind, it is dropped. Thread-safe.
@ApplicationScoped
public class SignalDelivery {

    private static final int UNDER_WAY_LIMIT = 10_000;

    private final AtomicInteger underWay = new AtomicInteger();
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
                sockets.of(user).stream()
                        .filter(socket -> !socket.connectionId().equals(exceptConnection))
                        .forEach(socket -> hand(socket, room, signal.type(), body));
        }
    }

    private void hand(ChatSocket socket, @Nullable RoomId about, String type, byte[] body) {
        if (underWay.incrementAndGet() > UNDER_WAY_LIMIT) {
            underWay.decrementAndGet();
            return;
        }
        socket.eventLoop().execute(() -> {
            underWay.decrementAndGet();
            SharedBatch.deliver(List.of(body), frame -> socket.userSignal(about, type, frame));
        });
    }
}
