package dev.parley.room.ingest;

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
import dev.parley.room.message.Sends;
import dev.parley.room.message.SendsResult;
import dev.parley.room.message.WrittenBatch;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class SharedTransactionsIT {

    private static final int TRANSACTIONS = 2;

    @Inject
    SharedTransactions transactions;

    @Inject
    MeterRegistry metrics;

    FakeAuthService auth;
    PostgresServer postgres;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Sql sql;
    private UserRef anna;

    @BeforeEach
    void setUp() {
        sql = new Sql(postgres);
        anna = auth.register("anna");
    }

    @AfterEach
    void tearDown() {
        threads.close();
    }

    @Test
    void putsWhatWaitsIntoOneTransaction() throws SQLException {
        var batches = IntStream.range(0, 6)
                .mapToObj(i -> List.of(sends(group(anna), "a" + i, "b" + i), sends(group(anna), "c" + i)))
                .toList();
        var before = metrics.summary("parley.ingest.batch").count();

        var written = whileAllAreBusy(batches);

        assertThat(metrics.summary("parley.ingest.batch").count()).isEqualTo(before + TRANSACTIONS + 1);
        for (int i = 0; i < batches.size(); i++) {
            var own = written.get(i).join().orElseThrow();
            var rooms = batches.get(i).stream().map(Sends::roomId).toList();
            assertThat(own.results())
                    .extracting(SharedTransactionsIT::seqs)
                    .containsExactly(List.of(1L, 2L), List.of(1L));
            assertThat(own.events())
                    .extracting(logged -> logged.event().roomId())
                    .containsExactly(rooms.get(0), rooms.get(0), rooms.get(1));
            assertThat(own.events()).extracting(logged -> logged.event().seq()).containsExactly(1L, 2L, 1L);
        }
    }

    /// Its loop then tries each by itself, so only the one at fault is refused.
    @Test
    void storesNothingForAnybodyWhenItFails() throws SQLException {
        sql.transaction("ALTER TABLE messages ADD CONSTRAINT test_poison CHECK (content <> 'poison')");
        try {
            var good = List.of(sends(group(anna), "good"));
            var poison = List.of(sends(group(anna), "poison"));
            var goodToo = List.of(sends(group(anna), "good too"));

            var written = whileAllAreBusy(List.of(good, poison, goodToo));

            assertThat(written).allSatisfy(each -> assertThat(each.join()).isEmpty());
            assertThat(metrics.counter("parley.ingest.shared.failures").count()).isPositive();
            assertThat(transactions.writeAlone(good, LockMode.SKIP_LOCKED).results())
                    .extracting(SharedTransactionsIT::seqs)
                    .containsExactly(List.of(1L));
            assertThatThrownBy(() -> transactions.writeAlone(poison, LockMode.SKIP_LOCKED))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            failure -> assertThat(failure.isAboutData()).isTrue());
        } finally {
            sql.transaction("ALTER TABLE messages DROP CONSTRAINT test_poison");
        }
    }

    /// All transactions are slow ones while these come.
    private List<CompletableFuture<Optional<WrittenBatch>>> whileAllAreBusy(List<List<Sends>> batches)
            throws SQLException {
        sql.transaction(
                "CREATE FUNCTION test_slow() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM pg_sleep(2); RETURN NEW; END $$",
                "CREATE TRIGGER test_slow BEFORE INSERT ON messages FOR EACH ROW WHEN (NEW.content = 'slow')"
                        + " EXECUTE FUNCTION test_slow()");
        try {
            var slow = new ArrayList<CompletableFuture<Optional<WrittenBatch>>>();
            for (int i = 1; i <= TRANSACTIONS; i++) {
                slow.add(write(List.of(sends(group(anna), "slow"))));
                await("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", i);
            }
            var written = batches.stream().map(this::write).toList();
            slow.forEach(CompletableFuture::join);
            CompletableFuture.allOf(written.toArray(CompletableFuture[]::new)).join();
            return written;
        } finally {
            sql.transaction("DROP TRIGGER test_slow ON messages", "DROP FUNCTION test_slow()");
        }
    }

    private CompletableFuture<Optional<WrittenBatch>> write(List<Sends> batch) {
        return CompletableFuture.supplyAsync(() -> transactions.write(batch), threads);
    }

    private void await(String query, long number) throws SQLException {
        var deadline = System.nanoTime() + 5_000_000_000L;
        while (sql.numbers(query).getFirst() != number) {
            assertThat(System.nanoTime()).as(query).isLessThan(deadline);
        }
    }

    private Sends sends(RoomId room, String... contents) {
        var commands = IntStream.range(0, contents.length)
                .mapToObj(i -> new SendCommand(i, "client-" + i, contents[i], null))
                .toList();
        return new Sends(room, anna.id(), new Origin("gateway", "connection"), commands);
    }

    private static List<Long> seqs(SendsResult result) {
        return switch (result) {
            case SendsResult.RoomBusy() -> List.of();
            case SendsResult.Decided(var outcomes) ->
                outcomes.stream()
                        .map(outcome -> outcome instanceof SendOutcome.Stored stored ? stored.seq() : -1L)
                        .toList();
        };
    }
}
