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
import java.io.IOException;
import java.time.Duration;
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
        assertThat(ofRoom(client, first))
                .extracting(frame -> frame.getString("type") + " " + frame.getLong("seq"))
                .containsExactly("message.created 2", "message.created 3", "resumed null", "message.created 4");
        assertThat(ofRoom(client, second))
                .extracting(frame -> frame.getString("type") + " " + frame.getLong("seq"))
                .containsExactly("message.created 2");
        assertThat(client.all().get(1).getString("type")).isEqualTo("ack");
    }

    @Test
    void saysThatAnImpossibleResumeIsIncomplete() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);

        subscribe(client, "s", wish(first).put("after_seq", 7));
        client.await("ack", 1);
        roomService.say(first, alice, "two");
        client.await("message.created", 1);

        assertThat(client.await("resumed", 1).getBoolean("complete")).isFalse();
        assertThat(seqs(client, first)).containsExactly(2L);
    }

    @Test
    void acksASecondSubscriptionAndReplaysNothing() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);
        subscribe(client, "a", wish(first).put("after_seq", 0));
        client.await("resumed", 1);

        subscribe(client, "b", wish(first).put("after_seq", 0));
        var ack = client.await("ack", 2);
        roomService.say(first, alice, "two");
        client.await("message.created", 2);

        assertThat(ack.getJsonArray("rooms")).isEqualTo(new JsonArray().add(followed(first, 1)));
        assertThat(seqs(client, first)).containsExactly(1L, 2L);
        assertThat(client.frames("resumed")).hasSize(1);
    }

    @Test
    void carriesOutWhatWasSaidLast() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);

        for (int i = 0; i < 10; i++) {
            subscribe(client, "s" + i, wish(first).put("after_seq", 0));
            unsubscribe(client, "u" + i, first);
        }
        client.await("ack", 20);
        subscribe(client, "other", wish(second));
        client.await("ack", 21);
        var before = client.frames("message.created").size();
        roomService.say(first, alice, "unheard");
        roomService.say(second, alice, "heard");
        client.await("message.created", before + 1);

        assertThat(ofRoom(client, second)).hasSize(1);
        assertThat(seqs(client, first)).doesNotContain(2L);
        assertThat(client.frames("ack"))
                .extracting(ack -> ack.getString("id"))
                .containsAll(List.of("s0", "u0", "s9", "u9"));
    }

    @Test
    void replaysAgainAfterAnUnsubscription() throws IOException {
        roomService.say(first, alice, "one");
        var client = open(bob);
        subscribe(client, "a", wish(first).put("after_seq", 0));
        client.await("resumed", 1);

        unsubscribe(client, "u", first);
        subscribe(client, "b", wish(first).put("after_seq", 0));
        client.await("resumed", 2);

        assertThat(seqs(client, first)).containsExactly(1L, 1L);
    }

    @Test
    void followsAThousandRoomsAndNoMore() throws IOException {
        var rooms = IntStream.range(0, 1_001)
                .mapToObj(i -> roomService.room(alice, bob))
                .toList();
        var client = open(bob);

        for (int from = 0; from < rooms.size(); from += 100) {
            var part = rooms.subList(from, Math.min(rooms.size(), from + 100));
            subscribe(client, "s", part.stream().map(ManyRoomsIT::wish).toArray(JsonObject[]::new));
        }
        var last = client.await("ack", 11);
        rooms.forEach(room -> roomService.say(room, alice, "to each"));
        client.await("message.created", 1_000);

        assertThat(last.getJsonArray("rooms")).isEmpty();
        assertThat(last.getJsonArray("errors"))
                .isEqualTo(new JsonArray().add(refused(rooms.getLast().toString(), "validation_failed")));
        unsubscribe(client, "u", rooms.getFirst());
        subscribe(client, "again", wish(rooms.getLast()));
        assertThat(client.await("ack", 13).getJsonArray("rooms")).hasSize(1);
    }

    @Test
    void saysThatRoomsCannotBeLookedUp() throws IOException {
        var client = open(bob);
        roomService.begin(Fault.INTERNAL_IS_DOWN);

        subscribe(client, "s", wish(first));

        var error = client.await("error", 1);
        assertThat(error.getString("id")).isEqualTo("s");
        assertThat(error.getString("code")).isEqualTo("unavailable");
        assertThat(error.getBoolean("retryable")).isTrue();
        roomService.end(Fault.INTERNAL_IS_DOWN);
        subscribe(client, "t", wish(first));
        client.await("ack", 1);
    }

    @Test
    void followsOneRoomOnTheUrlOfARoom() throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(client);

        subscribe(client, "s", wish(first), wish(second));
        unsubscribe(client, "u", first);
        client.await("error", 1);
        roomService.say(second, alice, "unheard");
        roomService.say(first, alice, "heard");
        client.await("message.created", 1);

        var ack = client.await("ack", 1);
        assertThat(ack.getJsonArray("rooms")).isEqualTo(new JsonArray().add(followed(first, 0)));
        assertThat(ack.getJsonArray("errors"))
                .isEqualTo(new JsonArray().add(refused(second.toString(), "validation_failed")));
        assertThat(client.await("error", 1).getString("code")).isEqualTo("validation_failed");
        assertThat(ofRoom(client, second)).isEmpty();
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

    @Test
    void tellsOfRoomsOnceWhetherTheirSignalsComeOrNot() throws IOException {
        var client = open(bob);
        var onOneRoom = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(onOneRoom);
        var bySignal = roomService.room(alice);
        var byHeads = roomService.room(alice);

        roomService.join(bySignal, bob);
        awaitWithin3s(client, "room.added", bySignal);
        roomService.begin(Fault.SIGNALS_ARE_LOST);
        roomService.join(byHeads, bob);
        awaitWithin3s(client, "room.added", byHeads);
        roomService.remove(byHeads, bob);
        awaitWithin3s(client, "room.removed", byHeads);
        roomService.remove(bySignal, bob);
        awaitWithin3s(client, "room.removed", bySignal);
        roomService.join(byHeads, bob);
        await().until(() -> aboutRoom(client, "room.added", byHeads) == 2);

        assertThat(aboutRoom(client, "room.added", bySignal)).isEqualTo(1);
        assertThat(aboutRoom(client, "room.removed", bySignal)).isEqualTo(1);
        assertThat(aboutRoom(client, "room.removed", byHeads)).isEqualTo(1);
        assertThat(onOneRoom.frames("room.added")).isEmpty();
        assertThat(onOneRoom.frames("room.removed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsTheSubscriptionOfARemovedParticipantWithin2s(boolean relayIsLost) throws IOException {
        var removed = open(bob);
        var onItsUrl = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(onItsUrl);
        subscribe(removed, "s", wish(first), wish(second));
        removed.await("ack", 1);
        onItsUrl.await("hello", 1);
        if (relayIsLost) {
            roomService.begin(Fault.RELAY_IS_LOST);
            roomService.begin(Fault.SIGNALS_ARE_LOST);
        }

        roomService.remove(first, bob);
        var since = System.nanoTime();
        removed.await("room.removed", 1);
        onItsUrl.awaitClose(4403);
        var took = Duration.ofNanos(System.nanoTime() - since);
        roomService.end(Fault.RELAY_IS_LOST);
        roomService.end(Fault.SIGNALS_ARE_LOST);
        roomService.say(first, alice, "without Bob");
        removed.message("late", "late", "refused", first.toString());
        removed.await("error", 1);
        roomService.say(second, alice, "with Bob");
        removed.await("message.created", 1);

        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertThat(ofRoom(removed, first))
                .extracting(frame -> frame.getString("type"))
                .containsExactly("participant.removed", "room.removed");
        assertThat(onItsUrl.frames("participant.removed")).hasSize(1);
        assertThat(removed.await("error", 1).getString("code")).isEqualTo("room_not_found");
        assertThat(seqs(removed, second)).containsExactly(1L);
    }

    @Test
    void saysThatARoomWasDeleted() throws IOException {
        var client = open(bob);
        var onItsUrl = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(onItsUrl);
        subscribe(client, "s", wish(first));
        client.await("ack", 1);
        onItsUrl.await("hello", 1);

        roomService.delete(first, alice);
        client.await("room.removed", 1);
        onItsUrl.awaitClose(4404);
        roomService.begin(Fault.SIGNALS_ARE_LOST);
        var later = roomService.room(alice);
        roomService.join(later, bob);
        awaitWithin3s(client, "room.added", later);

        assertThat(ofRoom(client, first))
                .extracting(frame -> frame.getString("type"))
                .containsExactly("room.deleted", "room.removed");
    }

    private static void awaitWithin3s(ChatClient client, String type, RoomId room) {
        await().atMost(Duration.ofSeconds(3)).until(() -> aboutRoom(client, type, room) == 1);
    }

    private static long aboutRoom(ChatClient client, String type, RoomId room) {
        return client.frames(type).stream()
                .filter(frame -> room.toString()
                        .equals(
                                type.equals("room.added")
                                        ? frame.getJsonObject("room").getString("id")
                                        : frame.getString("room_id")))
                .count();
    }

    private static JsonObject wish(RoomId room) {
        return new JsonObject().put("room_id", room.toString());
    }

    private static JsonObject followed(RoomId room, long lastSeq) {
        return wish(room).put("last_seq", lastSeq).put("log_epoch", 1);
    }

    private static JsonObject refused(String room, String code) {
        return new JsonObject().put("room_id", room).put("code", code);
    }

    private static void subscribe(ChatClient client, String id, JsonObject... rooms) {
        var frame = rooms.length == 1 ? rooms[0] : new JsonObject().put("rooms", new JsonArray(List.of(rooms)));
        client.send(frame.put("type", "subscribe").put("id", id).encode());
    }

    private static void unsubscribe(ChatClient client, String id, RoomId room) {
        client.send(wish(room).put("type", "unsubscribe").put("id", id).encode());
    }

    private ChatClient open(UserId user) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }

    private static List<JsonObject> ofRoom(ChatClient client, RoomId room) {
        return client.all().stream()
                .filter(frame -> room.toString().equals(frame.getString("room_id"))
                        && !frame.getString("type").equals("hello")
                        && !frame.getString("type").equals("error"))
                .toList();
    }

    private static List<Long> seqs(ChatClient client, RoomId room) {
        return ofRoom(client, room).stream()
                .filter(frame -> frame.getString("type").equals("message.created"))
                .map(frame -> frame.getLong("seq"))
                .toList();
    }
}
