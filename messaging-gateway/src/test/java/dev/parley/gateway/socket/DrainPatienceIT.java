package dev.parley.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One test only, as in [DrainIT]: a gateway drains once.
@QuarkusTest
@TestProfile(DrainPatienceIT.OwnGateway.class)
@QuarkusTestResource(Scene.class)
class DrainPatienceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// A gateway that no other test needs.
    public static final class OwnGateway implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.gateway.socket.drain-patience", PATIENCE.toSeconds() + "s");
        }
    }

    private final UserId alice = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    Sockets sockets;

    @AfterEach
    void restore() {
        roomService.end(Fault.INGEST_STANDS);
    }

    /// The room service answers nothing: the client hears neither yes nor no, and asks elsewhere.
    @Test
    void closesWith1012WhenTheAnswersDoNotComeInTime() throws Exception {
        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice));
        client.await("hello", 1);
        roomService.begin(Fault.INGEST_STANDS);
        client.message("f-1", "c-1", "under way");
        client.send("{\"type\":\"ping\"}");
        client.await("pong", 1);
        var begun = System.nanoTime();

        var drain = Thread.ofVirtual().start(() -> {
            try {
                sockets.drain(new ShutdownDelayInitiatedEvent());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        client.await("server.draining", 1);
        client.awaitClose(1012);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(PATIENCE);
        assertThat(client.frames("ack")).isEmpty();
        assertThat(client.frames("error")).isEmpty();
        drain.join();
        assertThat(roomService.logSize(room)).isZero();
        roomService.end(Fault.INGEST_STANDS);

        // It was under way, and is stored all the same: whoever sends it again is told so.
        await().atMost(Duration.ofSeconds(20)).until(() -> roomService.logSize(room) == 1);
    }
}
