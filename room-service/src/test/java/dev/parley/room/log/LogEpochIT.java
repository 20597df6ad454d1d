package dev.parley.room.log;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.InternalPaths;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class LogEpochIT {

    FakeAuthService auth;
    PostgresServer postgres;
    RedisServer redis;

    @Test
    void isRaisedForAllRoomsAndSeenByEverybody() throws SQLException {
        var before = Instant.now().getEpochSecond();
        var anna = auth.register("anna");
        var room = group(anna);
        send(anna, room, "one").then().statusCode(201);
        manyRooms(2_500);
        var since = Management.asGateway().get(InternalPaths.HEADS).<String>path("watermark");
        assertThat(epochs(room)).containsExactly(1L);

        raise();

        assertThat(new Sql(postgres).numbers("SELECT count(*) FROM rooms WHERE log_epoch < " + before))
                .containsExactly(0L);
        var raised = epochs(room).getFirst();
        assertThat(epochOfEvents(anna, room)).isEqualTo(raised);
        send(anna, room, "two").then().statusCode(201);
        try (var streams = new StreamProbe(redis)) {
            assertThat(streams.relayed(room, 2))
                    .extracting(entry -> entry.logEpoch())
                    .containsExactly(1L, raised);
        }
        var heads = Management.asGateway()
                .contentType("application/json")
                .body(Map.of("room_ids", List.of(room.toString())))
                .post(InternalPaths.HEADS);
        assertThat(heads.<Number>path("rooms[0].log_epoch").longValue()).isEqualTo(raised);
        awaitAmongTheHeads(since, room, raised);
    }

    @Test
    void risesAgainWhenItIsCalledAgain() throws SQLException {
        var anna = auth.register("anna");
        var room = group(anna);
        raise();
        var first = epochs(room).getFirst();

        raise();

        assertThat(epochs(room).getFirst()).isGreaterThan(first);
        assertThat(epochOfEvents(anna, room)).isEqualTo(epochs(room).getFirst());
    }

    private void awaitAmongTheHeads(String since, RoomId room, long epoch) {
        var deadline = System.nanoTime() + 5_000_000_000L;
        var expected = "\"room_id\":\"" + room + "\",\"last_seq\":2,\"log_epoch\":" + epoch;
        while (!Management.asGateway()
                .queryParam("since", since)
                .get(InternalPaths.HEADS)
                .asString()
                .contains(expected)) {
            assertThat(System.nanoTime()).as("the room is among the heads").isLessThan(deadline);
        }
    }

    private static long epochOfEvents(UserRef user, RoomId room) {
        return as(user).get("/chat/rooms/{room}/events/", room.toString())
                .<Number>path("log_epoch")
                .longValue();
    }

    private List<Long> epochs(RoomId room) throws SQLException {
        return new Sql(postgres).numbers("SELECT log_epoch FROM rooms WHERE id = '" + room + "'");
    }

    private void raise() throws SQLException {
        try (var connection = new Sql(postgres).connect();
                var statement = connection.createStatement()) {
            statement.execute("CALL raise_log_epoch()");
        }
    }

    /// More than one step takes.
    private void manyRooms(int number) throws SQLException {
        new Sql(postgres)
                .transaction(
                        "INSERT INTO rooms (id, room_type, name, created_by, created_at, last_activity_at, "
                                + "participant_count, client_room_id) SELECT uuidv7(), 'group', 'room', "
                                + "'00000000-0000-7000-8000-00000000000e', now(), now(), 1, 'epoch-' || n "
                                + "FROM generate_series(1, " + number + ") n ON CONFLICT DO NOTHING",
                        "INSERT INTO participants (room_id, user_id, role, joined_at) SELECT id, created_by, 'owner', now() "
                                + "FROM rooms WHERE client_room_id LIKE 'epoch-%' ON CONFLICT DO NOTHING");
    }
}
