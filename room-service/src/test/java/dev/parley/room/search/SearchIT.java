package dev.parley.room.search;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.embedded.PostgresServer;
import dev.parley.kit.testing.StackTraces;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class SearchIT {

    @Inject
    SearchConfig config;

    PostgresServer postgres;
    FakeAuthService auth;

    private UserRef anna;
    private UserRef bert;
    private RoomId room;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        bert = auth.register("bert");
        room = group(anna, bert);
    }

    @Test
    void findsExactWordsOfAnyLanguage() {
        var german = sent(anna, room, "Grüße aus München");
        var english = sent(anna, room, "the runner keeps running");
        var chinese = sent(anna, room, "我爱北京天安门");
        var emoji = sent(anna, room, "well done 👍🏽");

        found("grüße").body("items.id", contains(german));
        found("MÜNCHEN grüße").body("items.id", contains(german));
        found("running").body("items.id", contains(english));
        found("the").body("items.id", contains(english));
        found("run").body("items", empty());
        found("runn").body("items", empty());
        found("munchen").body("items", empty());
        found("北京").body("items.id", contains(chinese));
        found("北天").body("items", empty());
        found("👍🏽").body("items.id", contains(emoji));
        found("running grüße").body("items", empty());
        found("!!").body("items", empty());
    }

    @Test
    void showsMessagesAsTheHistoryDoes() {
        var id = sent(bert, room, "needle");
        as(anna).put("/chat/rooms/{room}/messages/{id}/reactions/👍/", room.toString(), id)
                .then()
                .statusCode(204);

        found("needle")
                .body("items[0].sender.username", equalTo("bert"))
                .body("items[0].room_id", equalTo(room.toString()))
                .body("items[0].is_read", equalTo(false))
                .body("items[0].reactions[0].reacted", equalTo(true))
                .body("next_cursor", equalTo(null));
    }

    @Test
    void findsTheNewestFirstPageByPage() {
        var other = group(anna, bert);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            expected.addFirst(sent(anna, i % 2 == 0 ? room : other, "needle " + i));
        }

        var ids = new ArrayList<String>();
        String cursor = null;
        do {
            var request = as(anna).queryParam("q", "needle").queryParam("limit", 2);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page = request.get("/chat/search/");
            page.then().statusCode(200);
            ids.addAll(page.path("items.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        assertThat(ids).isEqualTo(expected);
        as(anna).queryParam("q", "needle")
                .queryParam("room_id", other.toString())
                .get("/chat/search/")
                .then()
                .body("items.id", contains(expected.get(1), expected.get(3)));
    }

    @Test
    void letsAUserSearchSoOftenAMinute() {
        // One comes back each 300 ms, so a slow machine needs a few more than the limit.
        var searches = 1;
        var refused = as(bert).queryParam("q", "needle").get("/chat/search/");
        while (searches <= 2 * BackingServers.SEARCHES_PER_USER && refused.statusCode() == 200) {
            searches++;
            refused = as(bert).queryParam("q", "needle").get("/chat/search/");
        }

        assertThat(searches).isBetween(BackingServers.SEARCHES_PER_USER, 2 * BackingServers.SEARCHES_PER_USER);
        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        found("needle").body("items", empty());
    }

    /// A statement that waits for its table stands for one that takes long.
    @Test
    void answersThatItIsBusyWhenTooManySearch() throws Exception {
        var id = sent(anna, room, "needle");
        var answers = new ArrayList<Future<Response>>();
        try (var stackTraces = new StackTraces();
                var lock = new Sql(postgres).connect();
                var statement = lock.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE messages IN ACCESS EXCLUSIVE MODE");
            for (int i = 0; i < config.atOnce(); i++) {
                answers.add(
                        threads.submit(() -> as(anna).queryParam("q", "needle").get("/chat/search/")));
            }
            var deadline = System.nanoTime() + 10_000_000_000L;
            while (waiting() < config.atOnce()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }

            var refused = as(anna).queryParam("q", "needle").get("/chat/search/");

            refused.then()
                    .statusCode(503)
                    .body("code", equalTo("unavailable"))
                    .body("detail", equalTo("Too many searches at the moment"));
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);
            for (var answer : answers) {
                answer.get().then().statusCode(503).body("code", equalTo("unavailable"));
                assertThat(answer.get().header("Retry-After")).isEqualTo("2");
            }
            lock.rollback();
            assertThat(stackTraces.found()).isEmpty();
        }
        found("needle").body("items.id", contains(id));
    }

    private long waiting() throws SQLException {
        return new Sql(postgres)
                .numbers("SELECT count(*) FROM pg_locks WHERE relation = 'messages'::regclass AND NOT granted")
                .getFirst();
    }

    @Test
    void forgetsWhatWasEditedAwayOrDeleted() {
        var id = sent(anna, room, "secret");
        as(anna).body(Map.of("content", "public"))
                .patch("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                .then()
                .statusCode(200);
        found("secret").body("items", empty());
        found("public").body("items.id", contains(id));

        as(anna).delete("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                .then()
                .statusCode(204);
        found("public").body("items", empty());
    }

    @Test
    void staysInOwnRooms() {
        var stranger = auth.register("stranger");
        sent(anna, room, "needle");

        search(stranger, "needle").statusCode(200).body("items", empty());
        as(stranger)
                .queryParam("q", "needle")
                .queryParam("room_id", room.toString())
                .get("/chat/search/")
                .then()
                .statusCode(404)
                .body("code", equalTo("room_not_found"));
        as(anna).delete(
                        "/chat/rooms/{room}/participants/{user}/",
                        room.toString(),
                        bert.id().toString())
                .then()
                .statusCode(204);
        search(bert, "needle").body("items", empty());
        as(anna).delete("/chat/rooms/{room}/", room.toString()).then().statusCode(204);
        found("needle").body("items", empty());
    }

    @Test
    void takesAnyTextForWords() {
        var id = sent(anna, room, "foo bar");
        for (var query : List.of(
                "foo & bar",
                "foo | nothing:*",
                "!foo",
                "'foo' \\",
                "foo <-> bar",
                "foo:*",
                "(foo",
                "foo%",
                "{foo}",
                "foo'; DROP TABLE messages; --",
                "\"foo",
                "foo\\0")) {
            search(anna, query).statusCode(200);
        }
        found("!foo").body("items.id", contains(id));
        found("foo & bar").body("items.id", contains(id));
        found("foo | nothing").body("items", empty());
        search(anna, "a b c d e f g h i j k l m n o p q r s t u v w x y z")
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void refusesWhatIsNoQuery() {
        for (var query : List.of("", "x", "x".repeat(101), "a\u0000b", "a\nb", "a\u202eb")) {
            search(anna, query).statusCode(400).body("errors.field", contains("q"));
        }
        as(anna).get("/chat/search/").then().statusCode(400).body("errors.code", contains("required"));
        for (var wrong : Map.of("room_id", "nonsense", "limit", "0", "cursor", "nonsense")
                .entrySet()) {
            as(anna).queryParam("q", "needle")
                    .queryParam(wrong.getKey(), wrong.getValue())
                    .get("/chat/search/")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains(wrong.getKey()));
        }
        as(anna).queryParam("q", "needle")
                .queryParam("room_id", RoomId.random().toString())
                .get("/chat/search/")
                .then()
                .statusCode(404);
    }

    private static String sent(UserRef sender, RoomId room, String content) {
        return send(sender, room, content).then().statusCode(201).extract().path("id");
    }

    private ValidatableResponse found(String query) {
        return search(anna, query).statusCode(200);
    }

    private static ValidatableResponse search(UserRef user, String query) {
        return as(user).queryParam("q", query).get("/chat/search/").then();
    }
}
