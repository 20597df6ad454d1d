package dev.parley.gateway;

import static dev.parley.gateway.scene.ChatClient.wish;
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
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class RoomListIT {

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
        removed.subscribe("s", wish(first), wish(second));
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
        assertThat(removed.ofRoom(first))
                .extracting(frame -> frame.getString("type"))
                .containsExactly("participant.removed", "room.removed");
        assertThat(onItsUrl.frames("participant.removed")).hasSize(1);
        assertThat(removed.await("error", 1).getString("code")).isEqualTo("room_not_found");
        assertThat(removed.seqs(second)).containsExactly(1L);
    }

    @Test
    void saysThatARoomWasDeleted() throws IOException {
        var client = open(bob);
        var onItsUrl = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(onItsUrl);
        client.subscribe("s", wish(first));
        client.await("ack", 1);
        onItsUrl.await("hello", 1);

        roomService.delete(first, alice);
        client.await("room.removed", 1);
        onItsUrl.awaitClose(4404);
        roomService.begin(Fault.SIGNALS_ARE_LOST);
        var later = roomService.room(alice);
        roomService.join(later, bob);
        awaitWithin3s(client, "room.added", later);

        assertThat(client.ofRoom(first))
                .extracting(frame -> frame.getString("type"))
                .containsExactly("room.deleted", "room.removed");
    }

    @Test
    void letsClientsReadTheirListsOnceWhenTooManyMembershipsChanged() throws IOException {
        var client = open(bob);
        var onItsUrl = ChatClient.open(port, "/ws/chat/" + first + "/?token=" + Scene.token(bob));
        clients.add(onItsUrl);
        onItsUrl.await("hello", 1);
        var checks = roomService.headsQueries();

        roomService.begin(Fault.SIGNALS_ARE_LOST);
        roomService.begin(Fault.MEMBERSHIPS_ARE_TOO_MANY);
        client.awaitClose(4511);
        var back = open(bob);
        await().during(Duration.ofSeconds(4)).until(() -> back.closeCode() == 0);
        roomService.end(Fault.MEMBERSHIPS_ARE_TOO_MANY);
        var later = roomService.room(alice);
        roomService.join(later, bob);
        awaitWithin3s(back, "room.added", later);

        assertThat(onItsUrl.closeCode()).isZero();
        assertThat(roomService.headsQueries()).isEqualTo(checks);
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

    private ChatClient open(UserId user) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }
}
