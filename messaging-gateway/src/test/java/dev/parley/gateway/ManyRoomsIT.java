package dev.parley.gateway;

import static dev.parley.gateway.scene.ChatClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class ManyRoomsIT {

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId first = roomService.room(alice, bob);
    private final RoomId second = roomService.room(alice, bob);
    private final List<ChatClient> clients = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
        for (var fault : Fault.values()) {
            roomService.end(fault);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/chat/", "/ws/chat"})
    void greetsWithoutARoom(String url) throws IOException {
        var client = ChatClient.open(port, url + "?token=" + Scene.token(bob));
        clients.add(client);

        var hello = client.await("hello", 1);

        assertThat(hello.getString("user_id")).isEqualTo(bob.toString());
        assertThat(hello.getInteger("max_subscriptions")).isEqualTo(1_000);
        assertThat(hello.fieldNames()).doesNotContain("room_id", "last_seq", "log_epoch");
    }

    @Test
    void acksThenReplaysThenGoesLiveInEachRoom() throws IOException {
        for (int i = 1; i <= 3; i++) {
            roomService.say(first, alice, "old " + i);
        }
        roomService.say(second, alice, "old");
        var foreign = roomService.room(alice);
        var client = open(bob);

        client.send(new JsonObject()
                .put("type", "subscribe")
                .put("id", "s")
                .put(
                        "rooms",
                        new JsonArray()
                                .add(wish(first).put("after_seq", 1).put("log_epoch", 1))
                                .add(wish(second))
                                .add(wish(foreign))
                                .add(new JsonObject().put("room_id", "nope")))
                .encode());
        client.await("resumed", 1);
        roomService.say(first, alice, "new");
        roomService.say(second, alice, "new");
        client.await("message.created", 4);

        assertThat(client.frames("ack"))
                .containsExactly(new JsonObject()
                        .put("type", "ack")
                        .put("id", "s")
                        .put("rooms", new JsonArray().add(followed(first, 3)).add(followed(second, 1)))
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(refused("nope", "room_not_found"))
                                        .add(refused(foreign.toString(), "room_not_found"))));
        assertThat(client.ofRoom(first))
                .extracting(frame -> frame.getString("type") + " " + frame.getLong("seq"))
                .containsExactly("message.created 2", "message.created 3", "resumed null", "message.created 4");
        assertThat(client.ofRoom(second))
                .extracting(frame -> frame.getString("type") + " " + frame.getLong("seq"))
                .containsExactly("message.created 2");
        assertThat(client.all().get(1).getString("type")).isEqualTo("ack");
    }

    @Test
    void saysThatAnImpossibleResumeIsIncomplete() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);

        client.subscribe("s", wish(first).put("after_seq", 7));
        client.await("ack", 1);
        roomService.say(first, alice, "two");
        client.await("message.created", 1);

        assertThat(client.await("resumed", 1).getBoolean("complete")).isFalse();
        assertThat(client.seqs(first)).containsExactly(2L);
    }

    @Test
    void acksASecondSubscriptionAndReplaysNothing() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);
        client.subscribe("a", wish(first).put("after_seq", 0));
        client.await("resumed", 1);

        client.subscribe("b", wish(first).put("after_seq", 0));
        var ack = client.await("ack", 2);
        roomService.say(first, alice, "two");
        client.await("message.created", 2);

        assertThat(ack.getJsonArray("rooms")).isEqualTo(new JsonArray().add(followed(first, 1)));
        assertThat(client.seqs(first)).containsExactly(1L, 2L);
        assertThat(client.frames("resumed")).hasSize(1);
    }

    @Test
    void carriesOutWhatWasSaidLast() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);

        for (int i = 0; i < 10; i++) {
            client.subscribe("s" + i, wish(first).put("after_seq", 0));
            client.unsubscribe("u" + i, first);
        }
        client.await("ack", 20);
        client.subscribe("other", wish(second));
        client.await("ack", 21);
        var before = client.frames("message.created").size();
        roomService.say(first, alice, "unheard");
        roomService.say(second, alice, "heard");
        client.await("message.created", before + 1);

        assertThat(client.ofRoom(second)).hasSize(1);
        assertThat(client.seqs(first)).doesNotContain(2L);
        assertThat(client.frames("ack"))
                .extracting(ack -> ack.getString("id"))
                .containsAll(List.of("s0", "u0", "s9", "u9"));
    }

    @Test
    void replaysAgainAfterAnUnsubscription() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);
        client.subscribe("a", wish(first).put("after_seq", 0));
        client.await("resumed", 1);

        client.unsubscribe("u", first);
        client.subscribe("b", wish(first).put("after_seq", 0));
        client.await("resumed", 2);

        assertThat(client.seqs(first)).containsExactly(1L, 1L);
    }

    @Test
    void followsAThousandRoomsAndNoMore() throws IOException {
        var rooms = IntStream.range(0, 1_001)
                .mapToObj(i -> roomService.room(alice, bob))
                .toList();
        var client = open(bob);

        for (int from = 0; from < rooms.size(); from += 100) {
            var part = rooms.subList(from, Math.min(rooms.size(), from + 100));
            client.subscribe("s", part.stream().map(ChatClient::wish).toArray(JsonObject[]::new));
        }
        var last = client.await("ack", 11);
        rooms.forEach(room -> roomService.say(room, alice, "to each"));
        client.await("message.created", 1_000);

        assertThat(last.getJsonArray("rooms")).isEmpty();
        assertThat(last.getJsonArray("errors"))
                .isEqualTo(new JsonArray().add(refused(rooms.getLast().toString(), "validation_failed")));
        client.unsubscribe("u", rooms.getFirst());
        client.subscribe("again", wish(rooms.getLast()));
        assertThat(client.await("ack", 13).getJsonArray("rooms")).hasSize(1);
    }

    @Test
    void saysThatRoomsCannotBeLookedUp() throws IOException {
        var client = open(bob);
        roomService.begin(Fault.INTERNAL_IS_DOWN);

        client.subscribe("s", wish(first));

        var error = client.await("error", 1);
        assertThat(error.getString("id")).isEqualTo("s");
        assertThat(error.getString("code")).isEqualTo("unavailable");
        assertThat(error.getBoolean("retryable")).isTrue();
        roomService.end(Fault.INTERNAL_IS_DOWN);
        client.subscribe("t", wish(first));
        client.await("ack", 1);
    }

    @Test
    void followsOneRoomOnTheUrlOfARoom() throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(client);

        client.subscribe("s", wish(first), wish(second));
        client.unsubscribe("u", first);
        client.await("error", 1);
        roomService.say(second, alice, "unheard");
        roomService.say(first, alice, "heard");
        client.await("message.created", 1);

        var ack = client.await("ack", 1);
        assertThat(ack.getJsonArray("rooms")).isEqualTo(new JsonArray().add(followed(first, 0)));
        assertThat(ack.getJsonArray("errors"))
                .isEqualTo(new JsonArray().add(refused(second.toString(), "validation_failed")));
        assertThat(client.await("error", 1).getString("code")).isEqualTo("validation_failed");
        assertThat(client.ofRoom(second)).isEmpty();
    }

    @Test
    void sendsToRoomsItNamesWhetherItFollowsThemOrNot() throws IOException {
        var client = open(bob);

        client.message("nowhere", "c", "lost");
        client.message("f", "c", "found", first.toString());

        var error = client.await("error", 1);
        assertThat(error.getString("id")).isEqualTo("nowhere");
        assertThat(error.getString("code")).isEqualTo("validation_failed");
        assertThat(client.await("ack", 1).getString("room_id")).isEqualTo(first.toString());
        assertThat(client.frames("message.created")).isEmpty();
    }

    private static JsonObject followed(RoomId room, long lastSeq) {
        return wish(room).put("last_seq", lastSeq).put("log_epoch", 1);
    }

    private static JsonObject refused(String room, String code) {
        return new JsonObject().put("room_id", room).put("code", code);
    }

    private ChatClient open(UserId user) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }
}
