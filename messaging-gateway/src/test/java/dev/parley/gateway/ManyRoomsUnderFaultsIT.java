package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever happens between the room service and the sockets, every client ends with the same dense log.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class ManyRoomsUnderFaultsIT {

    private static final int SOCKETS_AT_ONCE = 1_000;

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final List<ChatClient> clients = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    RedisAPI redis;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
        for (var fault : Fault.values()) {
            roomService.end(fault);
        }
    }

    @Test
    void healsManyRoomsOverALossyRelay() throws IOException {
        var random = new Random(42);
        var rooms = IntStream.range(0, 20)
                .mapToObj(i -> roomService.room(alice, bob))
                .toList();
        for (int i = 0; i < 4; i++) {
            var client = open(bob);
            subscribe(client, rooms, i % 2 == 0 ? null : 0L);
            client.await("ack", 1);
        }

        for (int round = 0; round < 300; round++) {
            var room = rooms.get(random.nextInt(rooms.size()));
            switch (random.nextInt(10)) {
                case 0 -> roomService.begin(Fault.RELAY_IS_LOST);
                case 1, 2, 3 -> {
                    roomService.end(Fault.RELAY_IS_LOST);
                    roomService.end(Fault.RELAY_IS_SWAPPED);
                }
                case 5 -> roomService.begin(Fault.RELAY_IS_SWAPPED);
                case 4 -> repeatAnyOf(room, random);
                default -> {
                    // this round only says something
                }
            }
            roomService.say(room, alice, "round " + round);
            if (round % 100 == 50) {
                redis.flushall(List.of())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            }
        }

        roomService.end(Fault.RELAY_IS_LOST);
        for (var client : clients) {
            awaitDense(client, rooms);
        }
    }

    /// 2,100 rooms are three chunks. All that is lost is in the log.
    @Test
    void checksEveryRoomWhenTooManyChanged() throws IOException {
        var rooms = IntStream.range(0, 2_100)
                .mapToObj(i -> roomService.room(alice, bob))
                .toList();
        for (int from = 0; from < rooms.size(); from += 700) {
            var client = open(bob);
            for (int i = from; i < from + 700; i += 100) {
                subscribe(client, rooms.subList(i, i + 100), null);
            }
            client.await("ack", 7);
        }
        roomService.begin(Fault.ROOMS_ARE_TOO_MANY);
        roomService.begin(Fault.RELAY_IS_LOST);

        rooms.forEach(room -> roomService.say(room, alice, "lost"));

        for (var client : clients) {
            client.await("message.created", 700);
            assertThat(client.frames("message.created")).hasSize(700);
        }
        assertThat(roomService.headsQueries()).isGreaterThanOrEqualTo(3);
    }

    private void repeatAnyOf(RoomId room, Random random) {
        var size = roomService.logSize(room);
        if (size > 0) {
            roomService.relayAgain(room, 1 + random.nextInt(size));
        }
    }

    /// The room service is asked a few questions at a time, and who asks for a page that is on its way shares it.
    @Test
    void letsAThousandSocketsResumeAtOnce() throws Exception {
        var room = roomService.room(alice, bob);
        for (int i = 0; i < 100; i++) {
            roomService.say(room, alice, "old " + i);
        }
        var readsBefore = roomService.logReads();

        try (var threads = Executors.newFixedThreadPool(16)) {
            var opening = IntStream.range(0, SOCKETS_AT_ONCE)
                    .mapToObj(i -> threads.submit(
                            () -> ChatClient.open(port, "/ws/chat/?token=" + Scene.token(bob), "chat.v1.ndjson")))
                    .toList();
            for (var client : opening) {
                clients.add(client.get());
            }
            clients.stream()
                    .<Future<?>>map(client -> threads.submit(() -> subscribe(client, List.of(room), 0L)))
                    .toList()
                    .forEach(ManyRoomsUnderFaultsIT::join);
        }
        roomService.say(room, alice, "new");

        for (var client : clients) {
            awaitDense(client, List.of(room));
        }
        assertThat(roomService.mostStandings()).isBetween(1, 16);
        assertThat(roomService.logReads() - readsBefore).isLessThan(SOCKETS_AT_ONCE / 5);
    }

    private static void join(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitDense(ChatClient client, List<RoomId> rooms) {
        for (var room : rooms) {
            await().pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> client.seqs(room).size() >= roomService.logSize(room));
            assertThat(client.seqs(room))
                    .isEqualTo(LongStream.rangeClosed(1, roomService.logSize(room))
                            .boxed()
                            .toList());
        }
    }

    private static void subscribe(ChatClient client, List<RoomId> rooms, Long afterSeq) {
        var wishes = new JsonArray();
        rooms.forEach(room ->
                wishes.add(new JsonObject().put("room_id", room.toString()).put("after_seq", afterSeq)));
        client.send(new JsonObject()
                .put("type", "subscribe")
                .put("id", "s")
                .put("rooms", wishes)
                .encode());
    }

    private ChatClient open(UserId user) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/?token=" + Scene.token(user));
        clients.add(client);
        return client;
    }
}
