package dev.parley.room.ingest;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.StreamKeys;
import dev.parley.room.testing.CaughtLog;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.MortalServers;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Kills the servers under the service: nothing is lost, nothing is stored twice, order holds.
@QuarkusTest
@QuarkusTestResource(value = MortalServers.class, restrictToAnnotatedClass = true)
class OutageIT {

    FakeAuthService auth;
    MortalServers servers;

    private UserRef anna;
    private RoomId room;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        room = group(anna);
    }

    @Test
    void keepsEntriesInOrderWhilePostgresIsAway() {
        try (var streams = new StreamProbe(servers.redis())) {
            put(streams, 0, 5);
            streams.relayed(room, 5);

            servers.killPostgres();
            put(streams, 5, 40);
            send(anna, room, "over REST").then().statusCode(503).body("code", equalTo("unavailable"));
            Management.anonymous().get("/q/health/ready").then().statusCode(503);
            servers.startPostgres();

            assertInOrder(streams.relayed(room, 40), 40);
            Management.anonymous().get("/q/health/ready").then().statusCode(200);
        }
    }

    @Test
    void saysOnceThatItStalls() {
        try (var streams = new StreamProbe(servers.redis());
                var log = new CaughtLog(PartitionLoop.class)) {
            servers.killPostgres();
            put(streams, 0, 40);
            for (int i = 0; i < 3; i++) {
                send(anna, room, "over REST").then().statusCode(503);
            }
            servers.startPostgres();
            streams.relayed(room, 40);
            put(streams, 40, 41);
            streams.relayed(room, 41);

            assertThat(log.messages())
                    .as("stalls and goes on, once each")
                    .hasSize(2)
                    .satisfies(told -> {
                        assertThat(told.getFirst()).contains("ingest stalls");
                        assertThat(told.getLast()).contains("ingest goes on");
                    });
        }
    }

    /// Longer than a statement waits for a lock: what is read is tried again, nothing more is read meanwhile.
    @Test
    void keepsEntriesInOrderWhilePostgresIsSlow() throws SQLException {
        try (var streams = new StreamProbe(servers.redis());
                var holder = new Sql(servers.postgres()).connect();
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE messages");
            put(streams, 0, 100);
            statement.execute("SELECT pg_sleep(3)");

            assertThat(streams.pending(StreamKeys.partitionOf(room, StreamProbe.PARTITIONS)))
                    .isBetween(1, 64);
            holder.commit();

            assertInOrder(streams.relayed(room, 100), 100);
        }
    }

    @Test
    void goesOnAfterRedisWasKilled() {
        try (var streams = new StreamProbe(servers.redis())) {
            put(streams, 0, 5);
            streams.relayed(room, 5);
        }

        servers.killRedis();
        send(anna, room, "over REST").then().statusCode(201).body("seq", equalTo(6));
        servers.startRedis();

        try (var streams = new StreamProbe(servers.redis())) {
            put(streams, 5, 10);
            var relayed = streams.relayed(room, 10);
            assertThat(relayed.getLast().seq()).isEqualTo(11);
            as(anna).get("/chat/rooms/{id}/", room.toString()).then().body("last_seq", equalTo(11));
        }
    }

    private static void assertInOrder(List<RelayEntry> relayed, int number) {
        assertThat(relayed)
                .extracting(RelayEntry::seq)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, number).mapToObj(Long::valueOf).toList());
        assertThat(relayed)
                .extracting(
                        entry -> java.util.Objects.requireNonNull(entry.cause()).ref())
                .containsExactlyElementsOf(
                        IntStream.range(0, number).mapToObj(Long::valueOf).toList());
    }

    private void put(StreamProbe streams, int from, int to) {
        for (int ref = from; ref < to; ref++) {
            streams.put(new IngestEntry(
                    room,
                    anna.id(),
                    new Origin("gateway", "c"),
                    List.of(new SendCommand(ref, "m-" + ref, "message", null))));
        }
    }
}
