package dev.parley.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A gateway that watches three users at most.
@QuarkusTest
@TestProfile(WatchedUsersIT.Three.class)
@QuarkusTestResource(Scene.class)
class WatchedUsersIT {

    public static final class Three implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            var settings = new HashMap<>(new PresenceIT.Quick().getConfigOverrides());
            settings.put("parley.gateway.presence.watched-users", "3");
            return settings;
        }
    }

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final UserId carol = UserId.random();
    private final UserId dave = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final List<ChatClient> clients = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
    }

    @Test
    void countsAUserOnceHoweverManyRoomsHeIsIn() throws IOException {
        open(alice, roomService.room(alice, bob)).await("presence.snapshot", 1);

        var snapshot = open(carol, roomService.room(alice, bob, carol)).await("presence.snapshot", 1);

        assertThat(snapshot.getJsonArray("online")).containsExactlyInAnyOrder(alice.toString(), carol.toString());
    }

    @Test
    void tellsThoseWhoAreThereWhenTheRoomCanBeWatched() throws IOException {
        var first = open(alice, roomService.room(alice, bob));
        first.await("presence.snapshot", 1);
        var second = open(carol, roomService.room(carol, dave));
        assertThat(second.await("presence.snapshot", 1).getJsonArray("online")).isNull();

        first.close();

        assertThat(second.await("presence.snapshot", 2).getJsonArray("online")).containsExactly(carol.toString());
    }

    @Test
    void tellsThoseWhoAreThereThatTheRoomHasBecomeListed() throws IOException {
        var room = roomService.room(alice, bob, carol, dave);
        var watching = open(alice, room);
        assertThat(watching.await("presence.snapshot", 1).getJsonArray("online"))
                .isNull();

        roomService.remove(room, dave);

        assertThat(watching.await("presence.snapshot", 2).getJsonArray("online"))
                .containsExactly(alice.toString());
    }

    private ChatClient open(UserId user, RoomId followed) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + followed + "/?token=" + Scene.token(user));
        clients.add(client);
        client.await("hello", 1);
        return client;
    }
}
