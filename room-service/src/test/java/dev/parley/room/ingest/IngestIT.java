package dev.parley.room.ingest;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.kit.redis.StreamRecord;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.model.stream.StreamKeys;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class IngestIT {

    @Inject
    MeterRegistry metrics;

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    private final String gateway = "gw-" + UUID.randomUUID();
    private final Origin origin = new Origin(gateway, "c1");
    private StreamProbe streams;
    private UserRef anna;
    private RoomId room;

    @BeforeEach
    void setUp() {
        streams = new StreamProbe(redis);
        anna = auth.register("anna");
        room = group(anna);
    }

    @AfterEach
    void tearDown() {
        streams.close();
    }

    @Test
    void storesAnEntryInItsOrderAndRelaysWhatClientsGet() {
        streams.put(entry(room, anna, 1, 2, 3));

        var relayed = streams.relayed(room, 3);

        assertThat(relayed).extracting(RelayEntry::seq).containsExactly(1L, 2L, 3L);
        assertThat(relayed).extracting(RelayEntry::type).containsOnly("message.created");
        assertThat(relayed)
                .extracting(RelayEntry::cause)
                .containsExactly(
                        new RelayEntry.Cause(origin, 1),
                        new RelayEntry.Cause(origin, 2),
                        new RelayEntry.Cause(origin, 3));
        as(anna).get("/chat/rooms/{id}/messages/", room.toString())
                .then()
                .body("items.content", contains("message 1", "message 2", "message 3"));
        var served = as(anna).get("/chat/rooms/{id}/events/", room.toString()).asString();
        assertThat(served).contains(relayed.stream().map(RelayEntry::body).toList());
        awaitSettled();
    }

    @Test
    void answersARepeatWithTheFirst() {
        streams.put(entry(room, anna, 1));
        var first = streams.relayed(room, 1).getFirst();
        streams.put(entry(room, anna, 1));

        var reply = streams.replies(gateway, 1).getFirst();

        assertThat(reply.connectionId()).isEqualTo("c1");
        assertThat(reply.ref()).isEqualTo(1);
        assertThat(reply.outcome())
                .isEqualTo(new SendOutcome.Stored(
                        java.util.Objects.requireNonNull(first.messageId()), 1, first.timestamp(), true));
        var ttl = streams.send(Request.cmd(Command.TTL).arg(StreamKeys.reply(gateway)));
        assertThat(java.util.Objects.requireNonNull(ttl).toInteger()).isBetween(1, 120);
    }

    @Test
    void refusesAStranger() {
        var stranger = auth.register("stranger");

        streams.put(entry(room, stranger, 7));

        assertThat(streams.replies(gateway, 1).getFirst().outcome())
                .isEqualTo(new SendOutcome.Refused(ProblemCode.ROOM_NOT_FOUND, ProblemCode.ROOM_NOT_FOUND.title()));
    }

    @Test
    void setsAsideWhatItCannotReadAndGoesOn() {
        var fields = entry(room, anna, 1).toFields();
        fields.put("sender_id", "nonsense");
        var partition = StreamKeys.partitionOf(room, StreamProbe.PARTITIONS);

        var id = streams.put(partition, fields);
        streams.put(entry(room, anna, 2));

        assertThat(streams.relayed(room, 1).getFirst().seq()).isEqualTo(1);
        assertThat(rejected(partition, id)).containsEntry("content.0", "message 1");
        assertThat(streams.replies(gateway, 1).getFirst().outcome()).isEqualTo(internalError());
        awaitSettled();
    }

    @Test
    void setsAsideOnlyTheEntryThatTheDatabaseRefuses() throws SQLException {
        var other = group(anna);
        var rejected = metrics.counter("parley.ingest.rejected").count();
        var poisoned = new IngestEntry(room, anna.id(), origin, List.of(new SendCommand(9, "poison", "poison", null)));
        execute("ALTER TABLE messages ADD CONSTRAINT test_poison CHECK (content <> 'poison')");
        try {
            var partition = StreamKeys.partitionOf(room, StreamProbe.PARTITIONS);
            var id = streams.put(poisoned);
            streams.put(entry(room, anna, 1));
            streams.put(entry(other, anna, 1));

            assertThat(streams.relayed(room, 1).getFirst().seq()).isEqualTo(1);
            assertThat(streams.relayed(other, 1).getFirst().seq()).isEqualTo(1);
            assertThat(rejected(partition, id)).containsEntry("rejected_reason", "refused by the database");
            assertThat(streams.replies(gateway, 1).getFirst().ref()).isEqualTo(9);
            assertThat(metrics.counter("parley.ingest.rejected").count()).isEqualTo(rejected + 1);
            awaitSettled();
        } finally {
            execute("ALTER TABLE messages DROP CONSTRAINT test_poison");
        }
    }

    @Test
    void takesOverWhatADeadConsumerHeld() {
        streams.putForDeadConsumer(entry(room, anna, 1, 2));

        assertThat(streams.relayed(room, 2)).extracting(RelayEntry::seq).containsExactly(1L, 2L);
        awaitSettled();
    }

    /// A failed delivery says nothing about the entry: whoever was killed often has delivered it often.
    @Test
    void storesAnEntryHoweverOftenItWasDelivered() {
        var rejected = metrics.counter("parley.ingest.rejected").count();

        streams.putForDeadConsumer(entry(room, anna, 1), 10_000);

        assertThat(streams.relayed(room, 1)).extracting(RelayEntry::seq).containsExactly(1L);
        awaitSettled();
        assertThat(metrics.counter("parley.ingest.rejected").count()).isEqualTo(rejected);
    }

    @Test
    void makesTheGroupAgainThatSomebodyDestroyed() {
        for (int partition = 0; partition < StreamProbe.PARTITIONS; partition++) {
            streams.send(Request.cmd(Command.XGROUP)
                    .arg("DESTROY")
                    .arg(StreamKeys.ingest(partition))
                    .arg(StreamKeys.INGEST_GROUP));
        }

        streams.put(entry(room, anna, 1));

        assertThat(streams.relayed(room, 1)).extracting(RelayEntry::seq).containsExactly(1L);
        awaitSettled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇭",
                "e\u0301 \u00e9 \u1e69 s\u0323\u0307 \u212b",
                "\u202eright to left\u202c \u2066isolated\u2069 \u200f",
                "<b>&amp;</b> \\u0000 \" '",
                "\u0001\t\r\n\u001f\u007f\u0085\u2028\u2029",
                "\ufdd0\ufffe\uffff\ufeff\ue000",
                "\ud83d\ude00\udbff\udfff"
            })
    void keepsContentByteForByte(String content) throws SQLException {
        streams.put(new IngestEntry(room, anna.id(), origin, List.of(new SendCommand(1, "m", content, null))));

        var body = streams.relayed(room, 1).getFirst().body();

        assertThat(JsonPath.from(body).getString("message.content")).isEqualTo(content);
        assertThat(new Sql(postgres)
                        .texts("SELECT encode(convert_to(content, 'UTF8'), 'hex') FROM messages WHERE room_id = '"
                                + room + "'"))
                .containsExactly(HexFormat.of().formatHex(content.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", ""})
    void refusesWhatIsNoContent(String content) {
        streams.put(new IngestEntry(room, anna.id(), origin, List.of(new SendCommand(1, "m", content, null))));

        assertThat(streams.replies(gateway, 1).getFirst().outcome())
                .isInstanceOfSatisfying(SendOutcome.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
                    assertThat(refused.detail()).startsWith("content ");
                });
        as(anna).get("/chat/rooms/{id}/", room.toString()).then().body("last_seq", equalTo(0));
    }

    @Test
    void goesOnAfterAllOfRedisIsLost() {
        streams.put(entry(room, anna, 1));
        streams.relayed(room, 1);

        streams.send(Request.cmd(Command.FLUSHALL));
        streams.put(entry(room, anna, 2));

        assertThat(streams.relayed(room, 1).getFirst().seq()).isEqualTo(2);
    }

    @Test
    void goesPastARoomThatIsHeld() throws SQLException {
        var other = inSamePartition();
        try (var holder = connect()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("SELECT FROM rooms WHERE id = '" + room + "' FOR UPDATE");
            }
            streams.put(entry(room, anna, 1));
            streams.put(entry(other, anna, 1));

            assertThat(streams.relayed(other, 1).getFirst().seq()).isEqualTo(1);
            as(anna).get("/chat/rooms/{id}/messages/", room.toString()).then().body("items", hasSize(0));

            holder.commit();
        }
        assertThat(streams.relayed(room, 1).getFirst().seq()).isEqualTo(1);
    }

    /// What cannot be stored in time delays others by a few tries, in its own room too, and is stored when it can be.
    @Test
    void goesPastWhatTakesLongerThanItsTimeOut() throws SQLException {
        var other = inSamePartition();
        var partition = StreamKeys.partitionOf(room, StreamProbe.PARTITIONS);
        execute("CREATE FUNCTION test_slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_sleep(6); RETURN NEW; END $$");
        execute("CREATE TRIGGER test_slow BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.content = 'slow')"
                + " EXECUTE FUNCTION test_slow()");
        try {
            streams.put(slow(1));
            awaitPending(partition);
            // These come together, when the first one has been given up for the time being.
            streams.put(entry(other, anna, 2));
            streams.put(entry(other, anna, 4));
            streams.put(slow(3));
            streams.put(entry(room, anna, 5));

            assertThat(streams.relayed(other, 2)).extracting(RelayEntry::seq).containsExactly(1L, 2L);
            var quick = streams.relayed(room, 1).getFirst();
            assertThat(java.util.Objects.requireNonNull(quick.cause()).ref()).isEqualTo(5);
            assertThat(streams.pending(partition)).isEqualTo(2);
            assertThat(metrics.counter("parley.ingest.timeouts").count()).isGreaterThanOrEqualTo(2);
        } finally {
            execute("DROP TRIGGER test_slow ON messages");
            execute("DROP FUNCTION test_slow()");
        }
        assertThat(streams.relayed(room, 3))
                .extracting(relayed ->
                        java.util.Objects.requireNonNull(relayed.cause()).ref())
                .containsExactlyInAnyOrder(5L, 1L, 3L);
        awaitSettled();
    }

    private IngestEntry slow(int ref) {
        return new IngestEntry(room, anna.id(), origin, List.of(new SendCommand(ref, "slow-" + ref, "slow", null)));
    }

    private void awaitPending(int partition) {
        var deadline = System.nanoTime() + 5_000_000_000L;
        while (streams.pending(partition) == 0) {
            assertThat(System.nanoTime()).as("the entry is read").isLessThan(deadline);
        }
    }

    @Test
    void storesABacklogOfManyRoomsWithoutAHole() {
        var rooms = IntStream.range(0, 10).mapToObj(_ -> group(anna)).toList();

        for (int i = 0; i < 20; i++) {
            for (var each : rooms) {
                streams.put(entry(each, anna, i * 2, i * 2 + 1));
            }
        }

        for (var each : rooms) {
            assertThat(streams.relayed(each, 40))
                    .extracting(RelayEntry::seq)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 40).mapToObj(Long::valueOf).toList());
        }
    }

    private IngestEntry entry(RoomId to, UserRef sender, int... refs) {
        return new IngestEntry(
                to,
                sender.id(),
                origin,
                IntStream.of(refs)
                        .mapToObj(ref -> new SendCommand(ref, "client-" + ref, "message " + ref, null))
                        .toList());
    }

    private RoomId inSamePartition() {
        while (true) {
            var other = group(anna);
            if (StreamKeys.partitionOf(other, StreamProbe.PARTITIONS)
                    == StreamKeys.partitionOf(room, StreamProbe.PARTITIONS)) {
                return other;
            }
        }
    }

    private Map<String, String> rejected(int partition, String id) {
        return streams.records("ingest-rejected:{" + partition + "}", 1).stream()
                .map(StreamRecord::fields)
                .filter(fields -> id.equals(fields.get("rejected_id")))
                .findFirst()
                .orElseThrow();
    }

    private static SendOutcome internalError() {
        return new SendOutcome.Refused(ProblemCode.INTERNAL, ProblemCode.INTERNAL.title());
    }

    /// Acknowledgements follow the relay in the same pipeline, so they are there a moment later.
    private void awaitSettled() {
        var deadline = System.nanoTime() + 5_000_000_000L;
        for (int partition = 0; partition < StreamProbe.PARTITIONS; partition++) {
            while (streams.pending(partition) + streams.length(StreamKeys.ingest(partition)) > 0) {
                assertThat(System.nanoTime()).as("everything is settled").isLessThan(deadline);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private java.sql.Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl("parley_room"), "parley_room", "secret");
    }
}
