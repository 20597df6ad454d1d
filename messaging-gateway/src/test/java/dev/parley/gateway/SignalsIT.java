package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.PlayedRoomService.Fault;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class SignalsIT {

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);
    private final List<ChatClient> clients = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
        roomService.answerReadsAfter(CompletableFuture.completedFuture(null));
        for (var fault : Fault.values()) {
            roomService.end(fault);
        }
    }

    @Test
    void tellsAllOthersWhoTypes() throws IOException {
        var typist = open("/ws/chat/" + room + "/", alice);
        var ownOther = open("/ws/chat/" + room + "/", alice);
        var reader = open("/ws/chat/" + room + "/", bob);

        type(typist, null, true);
        type(typist, null, true);
        type(typist, null, false);

        for (var other : List.of(ownOther, reader)) {
            other.await("typing", 2);
            assertThat(other.frames("typing")).containsExactly(typing(true), typing(false));
        }
        assertThat(typist.frames("typing")).isEmpty();
    }

    @Test
    void lapsesBySilenceAndIsRenewed() throws IOException {
        var typist = open("/ws/chat/", alice);
        var reader = open("/ws/chat/" + room + "/", bob);

        type(typist, room, true);
        reader.await("typing", 1);
        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            type(typist, room, true);
            return reader.frames("typing").size() >= 4;
        });
        assertThat(reader.frames("typing")).allMatch(frame -> frame.getBoolean("is_typing"));
        var renewals = reader.frames("typing").size();

        await().until(() -> !reader.frames("typing").getLast().getBoolean("is_typing"));
        assertThat(reader.frames("typing").size()).isLessThanOrEqualTo(renewals + 2);
    }

    @Test
    void endsWithTheConnection() throws IOException {
        var typist = open("/ws/chat/" + room + "/", alice);
        var reader = open("/ws/chat/" + room + "/", bob);
        type(typist, null, true);
        reader.await("typing", 1);

        typist.close();

        assertThat(reader.await("typing", 2)).isEqualTo(typing(false));
    }

    @Test
    void relaysNoStrangersTypingAndNotTooMuchOfAny() throws IOException {
        var stranger = open("/ws/chat/", UserId.random());
        var typist = open("/ws/chat/" + room + "/", alice);
        var reader = open("/ws/chat/" + room + "/", bob);

        type(stranger, room, true);
        for (int i = 0; i < 200; i++) {
            type(typist, null, true);
            type(typist, null, false);
        }
        typist.message("f", "c", "done");
        reader.await("message.created", 1);

        assertThat(reader.frames("typing").size()).isBetween(2, 60);
        assertThat(reader.frames("typing"))
                .allMatch(frame -> frame.getString("user_id").equals(alice.toString()));
        assertThat(typist.frames("error")).isEmpty();
    }

    @Test
    void movesAReadCursor() throws IOException {
        roomService.say(room, alice, "one");
        roomService.say(room, alice, "two");
        var client = open("/ws/chat/", bob);

        read(client, "r", room, 1);
        var ack = client.await("ack", 1);
        read(client, "beyond", room, 99);

        assertThat(ack)
                .isEqualTo(new JsonObject()
                        .put("type", "ack")
                        .put("id", "r")
                        .put("last_read_seq", 1)
                        .put("unread_count", 1));
        assertThat(client.await("ack", 2).getLong("last_read_seq")).isEqualTo(2);
    }

    @Test
    void putsReadsTogetherThatComeWhileOneIsUnderWay() throws IOException {
        for (int i = 0; i < 9; i++) {
            roomService.say(room, alice, "m");
        }
        var open = new CompletableFuture<Void>();
        roomService.answerReadsAfter(open);
        var client = open("/ws/chat/" + room + "/", bob);

        read(client, "a", null, 1);
        read(client, "b", null, 7);
        read(client, "c", null, 5);
        client.send("{\"type\":\"ping\"}");
        client.await("pong", 1);
        open.complete(null);
        client.await("ack", 3);

        assertThat(client.frames("ack"))
                .extracting(ack -> ack.getString("id") + ack.getLong("last_read_seq"))
                .containsExactly("a1", "b7", "c7");
        assertThat(roomService.reads().stream()
                        .filter(command -> command.roomId().equals(room)))
                .extracting(command -> command.seq())
                .containsExactly(1L, 7L);
    }

    @Test
    void saysWhyACursorDidNotMove() throws IOException {
        var client = open("/ws/chat/", bob);

        read(client, "foreign", roomService.room(alice), 1);
        client.await("error", 1);
        roomService.begin(Fault.INTERNAL_IS_DOWN);
        read(client, "down", room, 1);
        client.await("error", 2);

        assertThat(client.frames("error"))
                .extracting(error ->
                        error.getString("id") + " " + error.getString("code") + " " + error.getBoolean("retryable"))
                .containsExactly("foreign room_not_found false", "down unavailable true");
    }

    @Test
    void handsAUsersSignalsToTheSocketsTheyConcern() throws IOException {
        var otherRoom = roomService.room(alice, bob);
        var many = open("/ws/chat/", bob);
        var onRoom = open("/ws/chat/" + room + "/", bob);
        var onOther = open("/ws/chat/" + otherRoom + "/", bob);
        var alices = open("/ws/chat/", alice);
        var body = "{\"type\":\"read.updated\",\"room_id\":\"" + room + "\",\"unread_count\":3}";

        roomService.signal(new Signal.Audience.OfUser(bob, room), "read.updated", body);
        roomService.signal(
                new Signal.Audience.OfUser(bob, null), "user.updated", "{\"type\":\"user.updated\",\"user\":{}}");

        assertThat(many.await("read.updated", 1)).isEqualTo(new JsonObject(body));
        assertThat(onRoom.await("read.updated", 1)).isEqualTo(new JsonObject(body));
        many.await("user.updated", 1);
        roomService.signal(new Signal.Audience.OfRoom(otherRoom, null), "x.last", "{\"type\":\"x.last\"}");
        onOther.await("x.last", 1);
        assertThat(onOther.frames("read.updated")).isEmpty();
        assertThat(alices.frames("read.updated")).isEmpty();
    }

    @Test
    void handsARoomsSignalsToThoseWhoFollowItButTheOneExcepted() throws IOException {
        var bobs = open("/ws/chat/" + room + "/", bob);
        var alices = open("/ws/chat/" + room + "/", alice);
        var elsewhere = open("/ws/chat/", bob);

        roomService.signal(new Signal.Audience.OfRoom(room, bob), "x.one", "{\"type\":\"x.one\"}");
        roomService.signal(new Signal.Audience.OfRoom(room, null), "x.two", "{\"type\":\"x.two\"}");

        alices.await("x.two", 1);
        bobs.await("x.two", 1);
        assertThat(alices.frames("x.one")).hasSize(1);
        assertThat(bobs.frames("x.one")).isEmpty();
        assertThat(elsewhere.frames("x.two")).isEmpty();
    }

    /// What is of the moment is dropped when a client reads slowly; it never costs it the connection.
    @Test
    void dropsSignalsOfAClientThatDoesNotRead() throws IOException {
        var slow = count("parley.socket.ended", "cause", "slow_consumer");
        try (var deaf = new Socket(InetAddress.getLoopbackAddress(), port)) {
            deaf.setReceiveBufferSize(4_096);
            var upgrade = "GET /ws/chat/" + room + "/?token=" + Scene.token(alice) + " HTTP/1.1\r\nHost: localhost\r\n"
                    + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            deaf.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
            var body = "{\"type\":\"x.large\",\"x\":\"" + "x".repeat(7_000) + "\"}";

            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        roomService.signal(new Signal.Audience.OfRoom(room, null), "x.large", body);
                        return count("parley.socket.shed", "", "") > 10;
                    });

            assertThat(count("parley.socket.ended", "cause", "slow_consumer")).isEqualTo(slow);
        }
    }

    private double count(String name, String tag, String value) {
        var search = meters.find(name);
        var counter = (tag.isEmpty() ? search : search.tag(tag, value)).counter();
        return counter == null ? 0 : counter.count();
    }

    private JsonObject typing(boolean isTyping) {
        return new JsonObject()
                .put("type", "typing")
                .put("room_id", room.toString())
                .put("user_id", alice.toString())
                .put("username", "user")
                .put("is_typing", isTyping);
    }

    private static void type(ChatClient client, RoomId room, boolean isTyping) {
        var frame = new JsonObject().put("type", "typing").put("is_typing", isTyping);
        client.send((room == null ? frame : frame.put("room_id", room.toString())).encode());
    }

    private static void read(ChatClient client, String id, RoomId room, long seq) {
        var frame = new JsonObject().put("type", "read").put("id", id).put("seq", seq);
        client.send((room == null ? frame : frame.put("room_id", room.toString())).encode());
    }

    private ChatClient open(String path, UserId user) throws IOException {
        var client = ChatClient.open(port, path + "?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }
}
