package dev.parley.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Signal;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A gateway between the two roll-outs: it reads more partitions than it writes to.
@QuarkusTest
@TestProfile(GrowingPartitionsIT.ReadsMore.class)
@QuarkusTestResource(Scene.class)
class GrowingPartitionsIT {

    private static final int MORE = 32;
    private static final String ANNOUNCEMENTS = "stream-partitions";
    private static final String CHECK = "checks.find { it.name == 'stream-partitions' }.";

    /// 16 partitions are written, 32 are read.
    public static final class ReadsMore implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.streams.partitions", "16", "parley.streams.partitions.read", Integer.toString(MORE));
        }
    }

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Inject
    RedisAPI redis;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void restore() {
        roomService.writeTo(16);
        done(redis.zremrangebyscore(ANNOUNCEMENTS, "-inf", "+inf"));
    }

    /// Some of the room's events came before the room service grew, some after. Nothing had to be healed.
    @Test
    void deliversOverOldAndNewPartitionsInOrder() throws IOException {
        var healsBefore = heals();
        var room = roomOfAnUpperPartition();
        var sender = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice));
        var receiver = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(bob));
        receiver.await("hello", 1);

        sender.message("f-1", "c-1", "before");
        sender.await("ack", 1);
        roomService.writeTo(MORE);
        sender.message("f-2", "c-2", "after");
        roomService.say(room, bob, "after, too");
        roomService.signal(new Signal.Audience.OfRoom(room, null), "typing", "{\"type\":\"typing\"}");

        sender.await("ack", 2);
        receiver.await("message.created", 3);
        receiver.await("typing", 1);
        assertThat(receiver.seqs(room))
                .isEqualTo(LongStream.rangeClosed(1, 3).boxed().toList());
        assertThat(done(redis.xlen(StreamKeys.relay(StreamKeys.partitionOf(room, MORE))))
                        .toLong())
                .isPositive();
        assertThat(heals()).isEqualTo(healsBefore);
        sender.close();
        receiver.close();
    }

    /// Another writes what is not read here, and stood there before: as after a FLUSHALL, when it is quicker.
    @Test
    void isNotReadyWhileAnotherWritesWhatItDoesNotRead() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        ready(200).body(CHECK + "status", equalTo("UP")).body(CHECK + "data.reads", equalTo(MORE)));
        var later =
                Long.toString(System.currentTimeMillis() + Duration.ofMinutes(5).toMillis());
        done(redis.zremrangebyscore(ANNOUNCEMENTS, "-inf", "+inf"));
        done(redis.zadd(List.of(ANNOUNCEMENTS, later, "64 64 room-service-1-a")));

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> ready(503)
                        .body(
                                CHECK + "data.disagreements",
                                equalTo("room-service-1-a writes 64 partitions, " + MORE + " are read here")));
        assertThat(meters.get("parley.streams.disagreements").gauge().value()).isEqualTo(1);
        given().port(managementPort).get("/q/health/live").then().statusCode(200);

        done(redis.zrem(List.of(ANNOUNCEMENTS, "64 64 room-service-1-a")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> ready(200).body(CHECK + "data.disagreements", equalTo("")));
    }

    private double heals() {
        return meters.find("parley.feed.heals").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private ValidatableResponse ready(int status) {
        return given().port(managementPort).get("/q/health/ready").then().statusCode(status);
    }

    private RoomId roomOfAnUpperPartition() {
        return Stream.generate(() -> roomService.room(alice, bob))
                .filter(room -> StreamKeys.partitionOf(room, MORE) >= 16)
                .findFirst()
                .orElseThrow();
    }

    private static Response done(io.vertx.core.Future<Response> command) {
        return command.toCompletionStage().toCompletableFuture().join();
    }
}
