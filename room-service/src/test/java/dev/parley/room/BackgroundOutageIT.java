package dev.parley.room;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.Signal;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.MortalServers;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What goes on in the background goes on after PostgreSQL or Redis was away.
@QuarkusTest
@QuarkusTestResource(value = MortalServers.class, restrictToAnnotatedClass = true)
class BackgroundOutageIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /// More than are told at one time.
    private static final int DELETIONS = 20;

    MortalServers servers;
    FakeAuthService auth;

    private UserRef anna;
    private UserRef boris;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        boris = auth.register("boris");
    }

    /// It is looked for erased accounts ten times a second, so it failed many times before the third answer.
    @Test
    void erasedAccountsLeaveTheirGroups() {
        var room = group(boris, anna);
        servers.killPostgres();
        for (int i = 0; i < 3; i++) {
            send(boris, room, "nobody hears it").then().statusCode(503);
        }
        servers.startPostgres();

        auth.erase(anna);

        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(participants(room)).isEqualTo(1));
    }

    /// Each deletion that could not be told gives its place back.
    @Test
    void deletionsAreTold() {
        var rooms =
                IntStream.rangeClosed(0, DELETIONS).mapToObj(_ -> group(anna)).toList();
        servers.killRedis();
        rooms.stream().skip(1).forEach(this::delete);
        servers.startRedis();

        var room = rooms.getFirst();
        delete(room);

        try (var streams = new StreamProbe(servers.redis())) {
            // What was told before Redis was killed is kept: that all these rooms were made.
            assertThat(streams.signalsTo(anna.id(), DELETIONS + 2))
                    .last()
                    .isEqualTo(new Signal(
                            new Signal.Audience.OfUser(anna.id(), room),
                            "room.removed",
                            null,
                            "{\"type\":\"room.removed\",\"room_id\":\"" + room + "\"}"));
        }
    }

    private long participants(RoomId room) throws SQLException {
        return new Sql(servers.postgres())
                .numbers("SELECT participant_count FROM rooms WHERE id = '" + room + "'")
                .getFirst();
    }

    private void delete(RoomId room) {
        as(anna).delete("/chat/rooms/{room}/", room.toString()).then().statusCode(204);
    }
}
