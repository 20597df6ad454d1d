package dev.parley.room.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.redis.StreamConnection;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.StreamKeys;
import dev.parley.room.testing.OwnServers;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages a second from the ingest streams to the relay streams: what one replica does with a backlog.
///
/// `./parley test -pl room-service -am -Dit.test=IngestBench -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false
/// -Dfailsafe.failIfNoSpecifiedTests=false`
@QuarkusTest
@QuarkusTestResource(
        value = OwnServers.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "parley.streams.partitions", value = "16"),
            @ResourceArg(name = "parley.ingest.min-idle", value = "8S"),
            @ResourceArg(name = "parley.ingest.claim-interval", value = "1S")
        })
class IngestBench {

    private static final int PARTITIONS = 16;
    private static final int ENTRIES = 10_000;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String CONTENT =
            "A message of about a hundred characters, which is what people send. ".repeat(2);

    @Inject
    AgroalDataSource dataSource;

    OwnServers servers;

    @Test
    void drains() throws SQLException {
        var rooms = new BenchRooms(dataSource);
        drain("one hot room, 4 messages an entry", rooms.make(1, 100), 4);
        drain("10,000 rooms, 1 message an entry", rooms.make(10_000, 2), 1);
    }

    private void drain(String name, BenchRooms.Made made, int commands) throws SQLException {
        var vertx = Vertx.vertx();
        try (var streams =
                new StreamConnection(Redis.createClient(vertx, servers.redis().uri()), DEADLINE)) {
            var before = stored();
            var begun = System.nanoTime();
            for (int from = 0; from < ENTRIES; from += 500) {
                var portion = new ArrayList<Request>();
                for (int i = from; i < from + 500; i++) {
                    portion.add(add(entry(made, i, commands)));
                }
                streams.batch(portion);
            }
            var wanted = before + (long) ENTRIES * commands;
            while (stored() < wanted) {
                assertThat(System.nanoTime() - begun).isLessThan(DEADLINE.toNanos());
            }
            var seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf("bench | ingest, %-34s %,7.0f messages/s%n", name, ENTRIES * commands / seconds);
            System.out.println("bench | " + Machine.load());
        } finally {
            vertx.close();
        }
    }

    /// The end of all logs together; a scan of the rooms, which the writer touches anyway.
    private long stored() throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sum(last_seq), pg_sleep(0.05) FROM rooms")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static IngestEntry entry(BenchRooms.Made made, int number, int commands) {
        var sends = new ArrayList<SendCommand>();
        for (int i = 0; i < commands; i++) {
            sends.add(new SendCommand(i, "i-" + number + "-" + i, CONTENT, null));
        }
        return new IngestEntry(
                made.room(number), made.member(number), new Origin("bench", "c" + number), List.copyOf(sends));
    }

    private static Request add(IngestEntry entry) {
        var request = Request.cmd(Command.XADD)
                .arg(StreamKeys.ingest(StreamKeys.partitionOf(entry.roomId(), PARTITIONS)))
                .arg("*");
        entry.toFields().forEach((name, value) -> request.arg(name).arg(value));
        return request;
    }
}
