package dev.parley.room.message;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.database.Database;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.MortalServers;
import dev.parley.room.testing.Sql;
import dev.parley.room.words.WordKeys;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The messages of each test are as those of before V12: without words.
@QuarkusTest
@QuarkusTestResource(value = MortalServers.class, restrictToAnnotatedClass = true)
class WordBackfillIT {

    private static final int MESSAGES = 12;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final String WITH_WORDS = "SELECT count(*) FROM messages WHERE words <> '{}'";

    private record Pace(int batch, Duration interval) implements WordBackfillConfig {}

    MortalServers servers;
    FakeAuthService auth;

    private static boolean isIdle;

    @Inject
    Database database;

    private Sql sql;
    private UserRef anna;
    private RoomId room;
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void setUp() throws SQLException {
        sql = new Sql(servers.postgres());
        // The service's own thread is done with the empty database before there is anything.
        if (!isIdle) {
            await("SELECT count(*) FROM word_backfill WHERE done_at IS NOT NULL", 1);
            isIdle = true;
        }
        // What earlier tests left has no words at all.
        sql.transaction("UPDATE messages SET words = '{}', content = '!' WHERE deleted_at IS NULL");
        anna = auth.register("anna");
        room = group(anna);
        for (int i = 0; i < MESSAGES; i++) {
            ids.addFirst(send(anna, room, "needle " + i)
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
        }
        sql.transaction(
                "UPDATE messages SET words = '{}'",
                "DELETE FROM word_backfill",
                "INSERT INTO word_backfill DEFAULT VALUES");
        assertThat(found("needle")).isEmpty();
    }

    @Test
    void makesOldMessagesFindableAndEnds() throws SQLException {
        send(anna, room, "a new needle").then().statusCode(201);
        as(anna).delete("/chat/rooms/{room}/messages/{id}/", room.toString(), ids.removeLast())
                .then()
                .statusCode(204);
        var backfill = new WordBackfill(rows(5, AT_ONCE), new Pace(5, AT_ONCE));

        backfill.start(new StartupEvent());
        await("SELECT count(*) FROM word_backfill WHERE done_at IS NOT NULL", 1);

        assertThat(found("needle")).hasSize(MESSAGES).endsWith(ids.getLast());
        assertThat(found("needle 7")).containsExactly(ids.get(MESSAGES - 1 - 7));
        assertThat(rows(5, AT_ONCE).advance()).isTrue();
    }

    @Test
    void goesOnWhereItStopped() throws SQLException {
        var before = sql.numbers("SELECT count(*) FROM messages").getFirst() - MESSAGES;
        assertThat(rows((int) (before + 5), AT_ONCE).advance()).isFalse();
        assertThat(sql.numbers(WITH_WORDS)).containsExactly(5L);

        // Another process, with nothing but the database to know it from.
        assertThat(rows(4, AT_ONCE).advance()).isFalse();

        assertThat(sql.numbers(WITH_WORDS)).containsExactly(9L);
        while (!rows(4, AT_ONCE).advance()) {}
        assertThat(sql.numbers(WITH_WORDS)).containsExactly((long) MESSAGES);
        assertThat(found("needle")).isEqualTo(ids);
    }

    @Test
    void isNoFasterThanItsPaceHoweverManyReplicasThereAre() throws SQLException {
        rows(1, Duration.ofHours(1)).advance();
        var position = position();

        for (int i = 0; i < 3; i++) {
            assertThat(rows(100, AT_ONCE).advance()).isFalse();
        }

        assertThat(position()).isEqualTo(position);
    }

    @Test
    void leavesABatchToTheReplicaThatHasIt() throws SQLException {
        var position = position();
        try (var other = sql.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM word_backfill FOR UPDATE");

            assertThat(rows(100, AT_ONCE).advance()).isFalse();

            // The other one dies.
            other.rollback();
        }
        assertThat(position()).isEqualTo(position);
        assertThat(rows(100, AT_ONCE).advance()).isFalse();
        assertThat(found("needle")).isEqualTo(ids);
    }

    @Test
    void leavesTheWordsOfAnEditThatCameBetween() throws Exception {
        try (var edit = sql.connect();
                var statement = edit.createStatement()) {
            edit.setAutoCommit(false);
            statement.execute("UPDATE messages SET content = 'other', edited_at = now(), words = '"
                    + WordKeys.ofMessage(room, "other") + "' WHERE id = '" + ids.getFirst() + "'");
            statement.execute("UPDATE messages SET content = '!!', edited_at = now() WHERE id = '" + ids.get(1) + "'");
            var batch = CompletableFuture.supplyAsync(() -> rows(100, AT_ONCE).advance());
            await("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'", 1);

            edit.commit();

            assertThat(batch.get(10, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(found("needle")).isEqualTo(ids.subList(2, MESSAGES));
        assertThat(found("other")).containsExactly(ids.getFirst());
    }

    @Test
    void goesOnWhenPostgresIsBack() throws SQLException {
        servers.killPostgres();
        new WordBackfill(rows(5, AT_ONCE), new Pace(5, AT_ONCE)).start(new StartupEvent());
        as(anna).queryParam("q", "needle").get("/chat/search/").then().statusCode(503);
        servers.startPostgres();

        sql = new Sql(servers.postgres());
        await("SELECT count(*) FROM word_backfill WHERE done_at IS NOT NULL", 1);

        assertThat(found("needle")).isEqualTo(ids);
    }

    @Test
    void stopsWithTheService() throws SQLException {
        var backfill = new WordBackfill(rows(1, Duration.ofHours(1)), new Pace(1, Duration.ofHours(1)));
        backfill.start(new StartupEvent());
        await("SELECT count(*) FROM word_backfill WHERE due_at > clock_timestamp()", 1);

        backfill.stop(new ShutdownEvent());

        assertThat(sql.numbers("SELECT count(*) FROM word_backfill WHERE done_at IS NULL"))
                .containsExactly(1L);
    }

    private WordBackfillRows rows(int batch, Duration interval) {
        return new WordBackfillRows(database, new Pace(batch, interval));
    }

    private String position() throws SQLException {
        return sql.texts("SELECT room_id || ' ' || seq FROM word_backfill").getFirst();
    }

    private List<String> found(String query) {
        return as(anna).queryParam("q", query)
                .get("/chat/search/")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    private void await(String query, long number) throws SQLException {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (sql.numbers(query).getFirst() != number) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
