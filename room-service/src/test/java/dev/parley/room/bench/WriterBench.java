package dev.parley.room.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.room.log.LockMode;
import dev.parley.room.message.MessageWriter;
import dev.parley.room.message.Sends;
import dev.parley.room.message.SendsResult;
import dev.parley.room.testing.BackingServers;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows a second through the writer, one thread, against one transaction a message with the same rules of the
/// database in force. Measured in turns in one run, so that a busy machine is busy for all of them.
///
/// `./parley test -pl room-service -am -Dit.test=WriterBench -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false
/// -Dfailsafe.failIfNoSpecifiedTests=false`
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class WriterBench {

    private static final int MEMBERS = 100;
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final int TURNS = 3;
    private static final Origin ORIGIN = new Origin("g", "c");
    private static final String CONTENT =
            "A message of about a hundred characters, which is what people send. ".repeat(2);

    @Inject
    MessageWriter writer;

    @Inject
    AgroalDataSource dataSource;

    PostgresServer postgres;

    private BenchRooms rooms;
    private long number;

    @BeforeEach
    void setUp() throws SQLException {
        rooms = new BenchRooms(dataSource);
        assertThat(rooms.setting("fsync")).isEqualTo("on");
        assertThat(rooms.setting("synchronous_commit")).isEqualTo("on");
    }

    @Test
    void oneHotRoom() throws SQLException {
        measure("one hot room", rooms.make(1, MEMBERS));
    }

    @Test
    void tenThousandRooms() throws SQLException {
        measure("10,000 rooms", rooms.make(10_000, 2));
    }

    private void measure(String name, BenchRooms.Made made) throws SQLException {
        var singly = new OneByOne(dataSource);
        var runs = List.of(
                new Run("one transaction a message", () -> {
                    singly.store(made.room(number), made.member(number), "b-" + number++, CONTENT);
                    return 1;
                }),
                new Run("writer, batches of 1", () -> write(made, 1)),
                new Run("writer, batches of 20", () -> write(made, 20)),
                new Run("writer, batches of 200", () -> write(made, 200)));
        runs.forEach(run -> run.go(WARM_UP));
        var turns = new HashMap<Run, List<Turn>>();
        for (int turn = 0; turn < TURNS; turn++) {
            runs.forEach(
                    run -> turns.computeIfAbsent(run, _ -> new ArrayList<>()).add(run.go(TURN)));
        }
        var all = runs.stream().map(run -> Turn.sum(turns.get(run))).toList();
        for (int i = 0; i < runs.size(); i++) {
            System.out.printf(
                    "bench | %-12s %-25s %,7.0f messages/s  x %4.1f   µs a message: PostgreSQL %5.0f, thread %5.0f%n",
                    name,
                    runs.get(i).name(),
                    all.get(i).rate(),
                    all.get(i).rate() / all.getFirst().rate(),
                    all.get(i).micros(all.get(i).spent().server()),
                    all.get(i).micros(all.get(i).spent().thread()));
        }
        System.out.println("bench | " + Machine.load());
        assertThat(all.getLast().rate()).isGreaterThan(5 * all.getFirst().rate());
    }

    private int write(BenchRooms.Made made, int size) {
        var batch = new ArrayList<Sends>();
        for (int i = 0; i < size; i++) {
            batch.add(new Sends(
                    made.room(number),
                    made.member(number),
                    ORIGIN,
                    List.of(new SendCommand(i, "m-" + number, CONTENT, null))));
            number++;
        }
        var written = writer.write(batch, LockMode.SKIP_LOCKED);
        assertThat(written.results()).hasOnlyElementsOfType(SendsResult.Decided.class);
        assertThat(written.events()).hasSize(size);
        return size;
    }

    @FunctionalInterface
    private interface Work {
        int once() throws SQLException;
    }

    private final class Run {

        private final String name;
        private final Work work;

        Run(String name, Work work) {
            this.name = name;
            this.work = work;
        }

        String name() {
            return name;
        }

        Turn go(Duration time) {
            var before = Spent.by(postgres);
            var begun = System.nanoTime();
            long stored = 0;
            while (System.nanoTime() - begun < time.toNanos()) {
                try {
                    stored += work.once();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            return new Turn(stored, took, Spent.by(postgres).since(before));
        }
    }

    private record Turn(long stored, Duration took, Spent spent) {

        static Turn sum(List<Turn> turns) {
            return turns.stream()
                    .reduce((one, other) ->
                            new Turn(one.stored + other.stored, one.took.plus(other.took), one.spent.plus(other.spent)))
                    .orElseThrow();
        }

        double rate() {
            return stored * 1e9 / took.toNanos();
        }

        double micros(Duration time) {
            return time.toNanos() / 1e3 / stored;
        }
    }
}
