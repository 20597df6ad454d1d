package dev.parley.room.message;

import static dev.parley.room.testing.Chat.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.database.DatabaseException;
import dev.parley.room.log.LockMode;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class MessageWriterIT {

    private static final Origin ORIGIN = new Origin("g", "c");

    @Inject
    MessageWriter writer;

    FakeAuthService auth;
    PostgresServer postgres;

    private Sql sql;
    private UserRef anna;
    private RoomId room;

    @BeforeEach
    void setUp() {
        sql = new Sql(postgres);
        anna = auth.register("anna");
        room = group(anna);
    }

    @Test
    void keepsTheLogDenseUnderSixteenWritersAndRollBacks() throws Exception {
        var rooms = List.of(room, group(anna), group(anna));
        sql.transaction("ALTER TABLE messages ADD CONSTRAINT test_fails CHECK (content <> 'fails')");
        try {
            var writers = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 16; i++) {
                var name = "w" + i;
                writers.add(() -> writeMany(name, rooms));
            }

            var rolledBack =
                    runAll(writers).stream().mapToInt(Integer::intValue).sum();

            assertThat(rolledBack).isEqualTo(16 * 5);
        } finally {
            sql.transaction("ALTER TABLE messages DROP CONSTRAINT test_fails");
        }
        for (var each : rooms) {
            var seqs = sql.numbers("SELECT seq FROM events WHERE room_id = '" + each + "' ORDER BY seq");
            // 16 writers, 20 batches that are stored, 2 messages a room in each
            assertThat(seqs)
                    .isEqualTo(LongStream.rangeClosed(1, 16 * 20 * 2).boxed().toList());
            assertThat(sql.numbers("SELECT last_seq FROM rooms WHERE id = '" + each + "'"))
                    .containsExactly(640L);
        }
    }

    /// 25 batches over all rooms, every fifth of which rolls back as a whole.
    private int writeMany(String name, List<RoomId> rooms) {
        int rolledBack = 0;
        for (int i = 0; i < 25; i++) {
            var id = name + "-" + i;
            var second = i % 5 == 4 ? "fails" : "content";
            var batch = rooms.stream()
                    .map(each -> sends(
                            each, new SendCommand(1, id, "content", null), new SendCommand(2, id + "b", second, null)))
                    .toList();
            try {
                writer.write(batch, LockMode.WAIT);
            } catch (DatabaseException e) {
                assertThat(e.violates("test_fails")).isTrue();
                rolledBack++;
            }
        }
        return rolledBack;
    }

    @Test
    void storesARepeatOnceHoweverManySendItAtOnce() throws Exception {
        var callers = IntStream.range(0, 12)
                .<Callable<SendOutcome.Stored>>mapToObj(_ -> () -> stored(sends(room, command("same", "content"))))
                .toList();

        var outcomes = runAll(callers);

        assertThat(outcomes).extracting(SendOutcome.Stored::seq).containsOnly(1L);
        assertThat(outcomes).filteredOn(outcome -> !outcome.duplicate()).hasSize(1);
        assertThat(stored(sends(room, command("next", "content"))).seq()).isEqualTo(2);
    }

    @Test
    void recognisesARepeatOfOneWhoHasLeft() throws SQLException {
        var bert = auth.register("bert");
        var shared = group(anna, bert);
        var sends = new Sends(shared, bert.id(), ORIGIN, List.of(command("m", "content")));
        var first = stored(sends);
        sql.transaction("DELETE FROM participants WHERE room_id = '" + shared + "' AND user_id = '" + bert.id() + "'");

        var repeat = stored(sends);

        assertThat(repeat).isEqualTo(new SendOutcome.Stored(first.messageId(), 1, first.timestamp(), true));
        assertThat(outcome(new Sends(shared, bert.id(), ORIGIN, List.of(command("n", "content")))))
                .isInstanceOf(SendOutcome.Refused.class);
    }

    @Test
    void passesOverARoomThatAnotherHolds() throws SQLException {
        var free = group(anna);
        try (var holder = sql.connect()) {
            holder.setAutoCommit(false);
            try (var statement = holder.createStatement()) {
                statement.execute("SELECT FROM rooms WHERE id = '" + room + "' FOR UPDATE");
            }

            var written = writer.write(
                    List.of(sends(room, command("a", "x")), sends(free, command("a", "x"))), LockMode.SKIP_LOCKED);

            assertThat(written.results().getFirst()).isEqualTo(new SendsResult.RoomBusy());
            assertThat(written.results().getLast()).isInstanceOf(SendsResult.Decided.class);
            assertThatThrownBy(() -> writer.write(List.of(sends(room, command("a", "x"))), LockMode.WAIT))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.isLockTimeout()).isTrue());
        }
    }

    @Test
    void refusesARoomThatDoesNotExistWithoutCallingItBusy() {
        var written = writer.write(List.of(sends(RoomId.random(), command("a", "x"))), LockMode.SKIP_LOCKED);

        assertThat(written.results().getFirst()).isInstanceOf(SendsResult.Decided.class);
        assertThat(written.events()).isEmpty();
    }

    private static SendCommand command(String clientMessageId, String content) {
        return new SendCommand(1, clientMessageId, content, null);
    }

    private Sends sends(RoomId to, SendCommand... commands) {
        return new Sends(to, anna.id(), ORIGIN, List.of(commands));
    }

    private SendOutcome.Stored stored(Sends sends) {
        return (SendOutcome.Stored) outcome(sends);
    }

    private SendOutcome outcome(Sends sends) {
        return switch (writer.write(List.of(sends), LockMode.WAIT).results().getFirst()) {
            case SendsResult.Decided(var outcomes) -> outcomes.getFirst();
            case SendsResult.RoomBusy() -> throw new AssertionError("busy");
        };
    }

    private static <T> List<T> runAll(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
