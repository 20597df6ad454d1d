package dev.parley.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.redis.PipelinedConnection;
import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One gateway, and another of which only the writing side is there: what it writes to Redis, and that it stops.
@QuarkusTest
@TestProfile(PresenceIT.Quick.class)
@QuarkusTestResource(Scene.class)
class PresenceIT {

    /// The proportions of the defaults, in a hurry.
    public static final class Quick implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.gateway.presence.time-to-live", "4s",
                    "parley.gateway.presence.grace", "2s",
                    "parley.gateway.presence.refresh-interval", "700ms",
                    "parley.gateway.presence.read-interval", "100ms",
                    "parley.gateway.presence.count-interval", "200ms",
                    "parley.gateway.presence.listed-participants", "3");
        }
    }

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);
    private final List<ChatClient> clients = new ArrayList<>();
    private PresenceStore otherGateway;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    Redis redis;

    @Inject
    PresenceConfig config;

    @BeforeEach
    void startOtherGateway() {
        otherGateway = new PresenceStore(new PipelinedConnection(redis), config);
        otherGateway.readClock().toCompletionStage().toCompletableFuture().join();
    }

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
    }

    @Test
    void tellsWhoIsThereAndWhoComes() throws IOException {
        var first = open(alice, room);

        var snapshot = first.await("presence.snapshot", 1);
        assertThat(snapshot.getString("room_id")).isEqualTo(room.toString());
        assertThat(snapshot.getJsonArray("online")).containsExactly(alice.toString());
        assertThat(snapshot.getInteger("online_count")).isEqualTo(1);
        var second = open(bob, room);
        var update = first.await("presence.updated", 1);
        assertThat(update.getString("user_id")).isEqualTo(bob.toString());
        assertThat(update.getString("status")).isEqualTo("online");
        assertThat(update.getInstant("last_active_at")).isBetween(Instant.now().minusSeconds(10), Instant.now());
        assertThat(second.await("presence.snapshot", 1).getJsonArray("online"))
                .containsExactlyInAnyOrder(alice.toString(), bob.toString());
    }

    @Test
    void doesNotFlapWhenSomebodyComesBackAtOnce() throws IOException {
        var watching = open(alice, room);
        var resuming = open(bob, room);
        watching.await("presence.updated", 1);

        resuming.close();
        var back = open(bob, room);

        await().during(config.grace().plusSeconds(1))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(watching.frames("presence.updated")).hasSize(1));
        back.close();
        var left = Instant.now();
        var offline = watching.await("presence.updated", 2);
        assertThat(offline.getString("status")).isEqualTo("offline");
        assertThat(Duration.between(left, Instant.now()))
                .isGreaterThan(config.grace().minusMillis(500));
        assertThat(offline.getInstant("last_active_at")).isBetween(left.minusSeconds(1), left.plusSeconds(1));
    }

    @Test
    void noticesThatAnotherGatewayWasKilled() throws IOException {
        var watching = open(alice, room);
        watching.await("presence.snapshot", 1);

        otherGateway.writeOnline(List.of(bob));

        assertThat(watching.await("presence.updated", 1).getString("status")).isEqualTo("online");
        var written = Instant.now();
        assertThat(watching.await("presence.updated", 2).getString("status")).isEqualTo("offline");
        assertThat(Duration.between(written, Instant.now()))
                .isGreaterThan(config.timeToLive().minusSeconds(1));
    }

    @Test
    void keepsAUserWhoHasASocketElsewhere() throws IOException {
        var watching = open(alice, room);
        var here = open(bob, room);
        watching.await("presence.updated", 1);

        here.close();

        await().pollInterval(Duration.ofMillis(300))
                .during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    otherGateway.writeOnline(List.of(bob));
                    return watching.frames("presence.updated").size() == 1;
                });
    }

    @Test
    void tellsALargeRoomItsNumberOnly() throws IOException {
        var carol = UserId.random();
        var large = roomService.room(alice, bob, carol, UserId.random());
        var first = open(alice, large);

        var snapshot = first.await("presence.snapshot", 1);
        assertThat(snapshot.containsKey("online")).isTrue();
        assertThat(snapshot.getJsonArray("online")).isNull();
        assertThat(snapshot.getInteger("online_count")).isEqualTo(1);
        open(bob, large);
        otherGateway.writeFollowers(large, List.of(bob, carol));
        await().untilAsserted(() -> assertThat(
                        first.frames("presence.count").getLast().getInteger("online_count"))
                .isEqualTo(3));
        assertThat(first.frames("presence.updated")).isEmpty();
    }

    @Test
    void followsTheParticipants() throws IOException {
        var carol = UserId.random();
        otherGateway.writeOnline(List.of(carol));
        var watching = open(alice, room);
        watching.await("presence.snapshot", 1);

        roomService.join(room, carol);

        assertThat(watching.await("presence.updated", 1).getString("user_id")).isEqualTo(carol.toString());
        otherGateway.writeOnline(List.of(bob));
        assertThat(watching.await("presence.updated", 2).getString("user_id")).isEqualTo(bob.toString());
        roomService.remove(room, bob);
        await().pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(
                                open(alice, room).await("presence.snapshot", 1).getJsonArray("online"))
                        .doesNotContain(bob.toString())
                        .contains(carol.toString()));
    }

    @Test
    void tellsASocketOnceHoweverManyRoomsItShares() throws IOException {
        var second = roomService.room(alice, bob);
        var watching = ChatClient.open(port, "/ws/chat/?token=" + Scene.token(alice));
        clients.add(watching);
        for (var each : List.of(room, second)) {
            watching.send(new JsonObject()
                    .put("type", "subscribe")
                    .put("id", each.toString())
                    .put("room_id", each.toString())
                    .encode());
        }
        watching.await("presence.snapshot", 2);

        open(bob, room).await("presence.snapshot", 1);

        watching.await("presence.updated", 1);
        await().during(Duration.ofSeconds(1))
                .until(() -> watching.frames("presence.updated").size() == 1);
    }

    @Test
    void believesNobodyGoneBecauseRedisForgot() throws IOException {
        var watching = open(alice, room);
        open(bob, room);
        watching.await("presence.updated", 1);

        redis.send(Request.cmd(Command.FLUSHALL))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(watching.frames("presence.updated")).hasSize(1));
    }

    private ChatClient open(UserId user, RoomId followed) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + followed + "/?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }
}
