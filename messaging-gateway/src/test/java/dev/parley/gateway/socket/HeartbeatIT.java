package dev.parley.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.scene.RawSocket;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(HeartbeatIT.Quick.class)
@QuarkusTestResource(Scene.class)
class HeartbeatIT {

    /// A heartbeat that a test can sit out.
    public static final class Quick implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.gateway.socket.heartbeat-interval", "400ms");
        }
    }

    private final UserId alice = UserId.random();
    private final RoomId room = Scene.roomService().room(alice);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    /// The connection stands, as after a network that went away without a word, and nothing comes.
    @Test
    void endsAConnectionOnWhichNothingComes() throws IOException {
        try (var silent = open()) {
            assertThat(silent.readToTheEnd())
                    .filteredOn(frame -> frame.startsWith("ping:"))
                    .hasSize(2);
        }
        try (var silent = open()) {
            assertThat(silent.readToTheEnd()).contains("close:4509");
        }
    }

    /// Frames of its own are a sign of life, pongs or not.
    @Test
    void letsAClientLiveThatSendsFramesAndNoPongs() throws IOException {
        try (var busy = open()) {
            for (int pings = 0; pings < 6; ) {
                var frame = busy.read();
                assertThat(frame).doesNotStartWith("close:");
                if (frame.startsWith("ping:")) {
                    pings++;
                    busy.write(RawSocket.frame(RawSocket.FINAL | RawSocket.TEXT, "{\"type\":\"ping\"}"));
                }
            }
        }
    }

    private RawSocket open() throws IOException {
        return RawSocket.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice));
    }
}
