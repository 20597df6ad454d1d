package dev.parley.room.ingest;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.StreamKeys;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.MortalServers;
import dev.parley.room.testing.Replica;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two room services, two processes, on one PostgreSQL and one Redis.
@QuarkusTest
@QuarkusTestResource(
        value = MortalServers.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "parley.ingest.min-idle", value = "3S"),
            @ResourceArg(name = "parley.ingest.max-back-off", value = "500MS")
        })
class TwoReplicasIT {

    private static final int WRITERS = 8;
    private static final int SENDS = 15;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Inject
    MeterRegistry metrics;

    FakeAuthService auth;
    MortalServers servers;

    private final Queue<String> stored = new ConcurrentLinkedQueue<>();
    private Replica second;
    private StreamProbe streams;
    private Sql sql;
    private UserRef anna;

    @BeforeEach
    void setUp() {
        second = servers.startReplica();
        streams = new StreamProbe(servers.redis());
        sql = new Sql(servers.postgres());
        anna = auth.register("anna");
    }

    @AfterEach
    void tearDown() {
        streams.close();
        second.close();
    }

    @Test
    void keepTheLogDenseThroughRollBacksKilledTransactionsAndADeath() throws Exception {
        var seed = System.nanoTime();
        System.out.println("seed " + seed);
        var rooms = IntStream.range(0, 4).mapToObj(_ -> group(anna)).toList();
        sql.transaction("ALTER TABLE messages ADD CONSTRAINT test_fails CHECK (content <> 'fails')");
        var writing = new AtomicBoolean(true);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var killed = threads.submit(() -> killTransactions(writing));
            var observed = threads.submit(() -> observe(writing, rooms));
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                var number = i;
                writers.add(threads.submit(() -> writeOverRest(number, rooms, new Random(seed + number))));
                writers.add(threads.submit(() -> writeIntoStreams(number, rooms, new Random(seed - 1 - number))));
            }
            writers.get(1).get();
            second.kill();
            for (var writer : writers) {
                writer.get();
            }
            awaitDrained();
            writing.set(false);

            assertThat(killed.get()).as("killed in a transaction").isPositive();
            assertThat(observed.get()).as("looks at the logs").isPositive();
        } finally {
            writing.set(false);
            sql.transaction("ALTER TABLE messages DROP CONSTRAINT test_fails");
        }
        var ids = new ArrayList<String>();
        for (var room : rooms) {
            var where = " WHERE room_id = '" + room + "'";
            var number = sql.numbers("SELECT count(*) FROM events" + where).getFirst();
            assertThat(sql.numbers("SELECT last_seq FROM rooms WHERE id = '" + room + "'"))
                    .containsExactly(number);
            assertThat(sql.numbers("SELECT max(seq) FROM events" + where)).containsExactly(number);
            ids.addAll(sql.texts("SELECT client_message_id FROM messages" + where));
        }
        assertThat(ids).containsExactlyInAnyOrderElementsOf(stored);
        assertThat(sql.numbers("SELECT count(*) FROM events e LEFT JOIN messages m ON m.room_id = e.room_id"
                        + " AND m.id = e.message_id WHERE m.seq IS DISTINCT FROM e.seq OR m.sender_id <> e.actor_id"))
                .containsExactly(0L);
    }

    /// Sends to either replica, again and again until it is answered for good.
    private Void writeOverRest(int number, List<RoomId> rooms, Random random) {
        for (int i = 0; i < SENDS; i++) {
            var id = "rest-" + number + "-" + i;
            var content = random.nextInt(10) == 0 ? "fails" : "content";
            var path = "/chat/rooms/" + rooms.get(random.nextInt(rooms.size())) + "/messages/";
            var body = Map.of("content", content, "client_message_id", id);
            var deadline = System.nanoTime() + DEADLINE.toNanos();
            var status = 503;
            while (status == 503) {
                assertThat(System.nanoTime()).as("an answer for %s", id).isLessThan(deadline);
                status = post(random.nextBoolean() ? as(anna) : second.as(anna), path, body);
            }
            if (content.equals("fails")) {
                assertThat(status).isEqualTo(500);
            } else {
                assertThat(status).isIn(200, 201);
                stored.add(id);
            }
        }
        return null;
    }

    /// @return 503 also when the replica is gone
    private static int post(RequestSpecification request, String path, Map<String, String> body) {
        try {
            return request.body(body).post(path).statusCode();
        } catch (Exception e) {
            // REST-assured throws IOException without declaring it.
            return 503;
        }
    }

    private Void writeIntoStreams(int number, List<RoomId> rooms, Random random) {
        try (var own = new StreamProbe(servers.redis())) {
            for (int i = 0; i < SENDS; i++) {
                var commands = new ArrayList<SendCommand>();
                var fails = random.nextInt(10) == 0;
                for (int k = 0; k <= random.nextInt(3); k++) {
                    var id = "stream-" + number + "-" + i + "-" + k;
                    commands.add(new SendCommand(k, id, fails ? "fails" : "content", null));
                    if (!fails) {
                        stored.add(id);
                    }
                }
                own.put(new IngestEntry(
                        rooms.get(random.nextInt(rooms.size())),
                        anna.id(),
                        new Origin("gateway", "c" + number),
                        commands));
            }
        }
        return null;
    }

    /// Kills sessions in the middle of a transaction for as long as there is writing.
    private long killTransactions(AtomicBoolean writing) throws SQLException {
        long killed = 0;
        while (writing.get()) {
            killed += sql.numbers("SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                            + " WHERE application_name = 'room-service' AND xact_start IS NOT NULL"
                            + " ORDER BY random() LIMIT 1) victims")
                    .getFirst();
            sql.numbers("SELECT 1 FROM pg_sleep(0.2)");
        }
        return killed;
    }

    /// Whoever looks at any moment sees logs without a hole: what has a lower number was committed before.
    private long observe(AtomicBoolean writing, List<RoomId> rooms) throws SQLException {
        var ids = rooms.stream().map(room -> "'" + room + "'").toList();
        var holes = "SELECT count(*) FROM (SELECT FROM events WHERE room_id IN (" + String.join(",", ids)
                + ") GROUP BY room_id HAVING max(seq) <> count(*)) logs";
        long looks = 0;
        while (writing.get()) {
            assertThat(sql.numbers(holes)).containsExactly(0L);
            sql.numbers("SELECT 1 FROM pg_sleep(0.02)");
            looks++;
        }
        return looks;
    }

    @Test
    void goOnWhenOneIsStoppedInsideATransaction() throws Exception {
        var room = group(anna);
        var other = group(anna);
        sql.transaction(
                "CREATE FUNCTION test_slow() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$",
                "CREATE TRIGGER test_slow BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.content = 'slow')"
                        + " EXECUTE FUNCTION test_slow()");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> slow =
                    () -> post(second.as(anna), "/chat/rooms/" + room + "/messages/", Map.of("content", "slow"));
            var interrupted = threads.submit(slow);
            awaitOne("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");

            second.freeze();

            var begun = System.nanoTime();
            for (int i = 0; i < 4; i++) {
                streams.put(entry(other, i));
                streams.put(entry(room, i));
            }
            assertThat(streams.relayed(other, 4)).extracting(RelayEntry::seq).containsExactly(1L, 2L, 3L, 4L);
            assertThat(streams.relayed(room, 4)).extracting(RelayEntry::seq).containsExactly(1L, 2L, 3L, 4L);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(12));

            second.thaw();
            assertThat(interrupted.get()).isEqualTo(503);
        } finally {
            sql.transaction("DROP TRIGGER test_slow ON messages", "DROP FUNCTION test_slow()");
        }
        second.awaitReady();
        awaitDrained();
        assertThat(sql.numbers("SELECT count(*) FROM messages WHERE room_id IN ('" + room + "', '" + other + "')"))
                .containsExactly(8L);
    }

    @Test
    void leaveAnEntryToTheOneThatHoldsItThroughAnOutage() throws Exception {
        var room = group(anna);
        var claimedBefore = claimed();

        servers.killPostgres();
        streams.put(entry(room, 1));
        awaitPending(room);
        // Longer than others wait before they claim; the pool asks every half second meanwhile.
        streams.send(Request.cmd(Command.BLPOP).arg("nothing").arg(5));
        servers.startPostgres();

        var relayed = streams.relayed(room, 1);
        awaitDrained();
        assertThat(relayed).extracting(RelayEntry::seq).containsExactly(1L);
        assertThat(claimed()).isEqualTo(claimedBefore);
        assertThat(streams.length(StreamKeys.reply("outage"))).isZero();
    }

    private double claimed() {
        return metrics.counter("parley.ingest.claimed").count() + second.metric("parley_ingest_claimed_total");
    }

    private IngestEntry entry(RoomId room, int number) {
        return new IngestEntry(
                room,
                anna.id(),
                new Origin("outage", "c" + number),
                List.of(new SendCommand(number, "m-" + number, "message", null)));
    }

    private void awaitPending(RoomId room) {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (streams.pending(StreamKeys.partitionOf(room, StreamProbe.PARTITIONS)) == 0) {
            assertThat(System.nanoTime()).as("somebody reads the entry").isLessThan(deadline);
        }
    }

    private void awaitDrained() {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        for (int partition = 0; partition < StreamProbe.PARTITIONS; partition++) {
            while (streams.pending(partition) + streams.length(StreamKeys.ingest(partition)) > 0) {
                assertThat(System.nanoTime()).as("the streams are drained").isLessThan(deadline);
            }
        }
    }

    private void awaitOne(String query) throws SQLException {
        var deadline = System.nanoTime() + DEADLINE.toNanos();
        while (sql.numbers(query).getFirst() < 1) {
            assertThat(System.nanoTime()).as(query).isLessThan(deadline);
        }
    }
}
