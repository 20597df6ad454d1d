package dev.parley.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.admission.Admission;
import dev.parley.gateway.scene.Scene;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A connection that ends between its upgrade and `@OnOpen`, which no client can time.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class LateOpenIT {

    private static final int NOTHING_SCHEDULED = -1;

    @Inject
    Sockets sockets;

    @Inject
    MeterRegistry meters;

    @Test
    void beginsNothingForAConnectionThatHasEnded() {
        var channel = new EmbeddedChannel();
        channel.close().syncUninterruptibly();
        var opened = gauge("parley.socket.open");
        var subscriptions = gauge("parley.feed.subscriptions");

        var socket = sockets.open(connection(), admission(channel));
        socket.open();

        assertThat(channel.runScheduledPendingTasks()).isEqualTo(NOTHING_SCHEDULED);
        assertThat(gauge("parley.feed.subscriptions")).isEqualTo(subscriptions);
        assertThat(gauge("parley.socket.open")).isEqualTo(opened);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private static Admission admission(EmbeddedChannel channel) {
        var caller = new Caller(
                UserId.random(), SessionId.random(), "late", Instant.now().plusSeconds(900));
        var room = new Admission.Room(RoomId.random(), new Standing(0, 1), null);
        return new Admission(caller, room, "192.0.2.1", channel);
    }

    /// Has an id and no subprotocol; whatever else is asked of a connection that has ended fails.
    private static WebSocketConnection connection() {
        return (WebSocketConnection) Proxy.newProxyInstance(
                LateOpenIT.class.getClassLoader(),
                new Class<?>[] {WebSocketConnection.class},
                (_, method, _) -> switch (method.getName()) {
                    case "id" -> "late";
                    case "subprotocol" -> null;
                    default -> throw new IllegalStateException(method.getName());
                });
    }
}
