package dev.parley.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.embedded.RedisServer;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis is killed, and another comes in its place that knows nothing. It has a gateway of its own, and one test: the
/// scene's Redis is gone after it.
@QuarkusTest
@TestProfile(PresenceWithoutRedisIT.Quick.class)
@QuarkusTestResource(Scene.class)
class PresenceWithoutRedisIT {

    public static final class Quick implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return new PresenceIT.Quick().getConfigOverrides();
        }
    }

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);
    private final RoomId large = roomService.room(Stream.concat(Stream.of(alice), Stream.generate(UserId::random))
            .limit(4)
            .toArray(UserId[]::new));
    private final List<ChatClient> clients = new ArrayList<>();

    @TempDir
    Path directory;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
        roomService.end(Fault.RELAY_IS_LOST);
    }

    @Test
    void saysThatItDoesNotKnowAndThenThatItDoes() throws IOException {
        var watching = open(alice, room);
        assertThat(watching.await("presence.snapshot", 1).getJsonArray("online"))
                .containsExactly(alice.toString());
        roomService.begin(Fault.RELAY_IS_LOST);

        Scene.redis().kill();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var snapshot = open(bob, room).await("presence.snapshot", 1);
            assertThat(snapshot.getJsonArray("online")).isNull();
            assertThat(snapshot.getInteger("online_count")).isZero();
        });
        var coming = clients.getLast();
        var counting = open(alice, large);
        assertThat(counting.await("presence.snapshot", 1).getInteger("online_count"))
                .isZero();
        roomService.say(room, alice, "without Redis");
        assertThat(coming.await("message.created", 1).getString("content")).isEqualTo("without Redis");
        watching.message("1", "sent-without-redis", "by a socket");
        watching.await("ack", 1);
        assertThat(coming.await("message.created", 2).getString("content")).isEqualTo("by a socket");

        try (var _ = RedisServer.start(directory, Scene.redis().port())) {
            roomService.end(Fault.RELAY_IS_LOST);
            assertThat(coming.await("presence.snapshot", 2).getJsonArray("online"))
                    .containsExactlyInAnyOrder(alice.toString(), bob.toString());
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(counting.frames("presence.count"))
                            .extracting(frame -> frame.getInteger("online_count"))
                            .contains(1));
            roomService.say(room, alice, "with Redis");
            watching.await("message.created", 3);
        }
    }

    private ChatClient open(UserId user, RoomId followed) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + followed + "/?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }
}
