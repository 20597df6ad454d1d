package dev.parley.gateway.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// One test only: a gateway drains once.
@QuarkusTest
@TestProfile(DrainIT.OwnGateway.class)
@QuarkusTestResource(Scene.class)
class DrainIT {

    /// A gateway that no other test needs.
    public static final class OwnGateway implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.gateway.socket.drain-patience", "20s");
        }
    }

    private final UserId alice = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Inject
    Sockets sockets;

    @Test
    void answersWhatIsUnderWayBeforeItClosesWith1012() throws Exception {
        var url = "/ws/chat/" + room + "/?token=" + Scene.token(alice);
        var sending = ChatClient.open(port, url);
        var idle = ChatClient.open(port, url);
        sending.await("hello", 1);
        idle.await("hello", 1);
        roomService.begin(Fault.INGEST_STANDS);
        sending.message("f-1", "c-1", "under way");
        sending.message("f-2", "c-2", "behind it");
        sending.send("{\"type\":\"ping\"}");
        sending.await("pong", 1);

        var drain = Thread.ofVirtual().start(() -> {
            try {
                sockets.drain(new ShutdownDelayInitiatedEvent());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(sending.await("server.draining", 1).getLong("reconnect_after_ms"))
                .isNotNegative();
        idle.awaitClose(1012);
        given().port(managementPort).get("/q/health/ready").then().statusCode(503);
        given().port(managementPort).get("/q/health/live").then().statusCode(200);
        given().header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .get(url)
                .then()
                .statusCode(503)
                .body("code", equalTo("unavailable"));
        assertThat(sending.frames("ack")).isEmpty();
        roomService.end(Fault.INGEST_STANDS);
        sending.awaitClose(1012);
        assertThat(sending.frames("ack"))
                .extracting(ack -> ack.getString("id"))
                .containsExactlyInAnyOrder("f-1", "f-2");
        drain.join();
    }
}
