package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sends that are not answered in time, with a patience short enough for a test.
@QuarkusTest
@QuarkusTestResource(Scene.class)
@TestProfile(GivenUpSendsIT.Impatient.class)
class GivenUpSendsIT {

    private static final int SENDS = 200;

    private final UserId alice = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    public static final class Impatient implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.gateway.send.answer-limit", "3s", "parley.gateway.send.check-interval", "200ms");
        }
    }

    @AfterEach
    void endFaults() {
        roomService.end(Fault.INGEST_STANDS);
    }

    /// Most of them wait in the network while the first are unanswered: they are behind what was given up, so they get
    /// the same answer, and nothing overtakes when all are sent again.
    @Test
    void givesUpWhatTheClientSentBeforeItCouldKnow() throws IOException {
        var client = ChatClient.open(port, "/ws/chat/?token=" + Scene.token(alice));
        roomService.begin(Fault.INGEST_STANDS);
        sendAll(client, "first-");

        client.await("error", SENDS);

        assertThat(client.frames("error")).hasSize(SENDS);
        assertThat(client.frames("error"))
                .allMatch(error -> error.getString("code").equals("unavailable") && error.getBoolean("retryable"));
        assertThat(client.frames("ack")).isEmpty();
        client.send("{\"type\":\"ping\"}");
        client.await("pong", 1);
        roomService.end(Fault.INGEST_STANDS);
        sendAll(client, "again-");
        client.await("ack", SENDS);
        assertThat(client.frames("ack"))
                .extracting(ack -> ack.getLong("seq"))
                .isEqualTo(
                        IntStream.rangeClosed(1, SENDS).mapToObj(Long::valueOf).toList());
        assertThat(roomService.logSize(room)).isEqualTo(SENDS);
        client.close();
    }

    private void sendAll(ChatClient client, String prefix) {
        for (int i = 0; i < SENDS; i++) {
            client.message(prefix + i, "c-" + i, "m-" + i, room.toString());
        }
    }
}
