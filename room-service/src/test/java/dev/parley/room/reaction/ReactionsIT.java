package dev.parley.room.reaction;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class ReactionsIT {

    private static final String PATH = "/chat/rooms/{room}/messages/{id}/reactions/{emoji}/";

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    private UserRef anna;
    private UserRef bert;
    private RoomId room;
    private String id;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        bert = auth.register("bert");
        room = group(anna, bert);
        id = send(anna, room, "hello", "m-1").then().statusCode(201).extract().path("id");
    }

    @Test
    void showsReactionsWhereverTheMessageIsShown() {
        react(bert, "👍").then().statusCode(204);
        react(anna, "❤️").then().statusCode(204);
        react(anna, "👍").then().statusCode(204);

        for (var shown : List.of(
                as(anna).get("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                        .then()
                        .rootPath(""),
                as(anna).get("/chat/rooms/{room}/messages/", room.toString())
                        .then()
                        .rootPath("items[0]"),
                as(anna).get("/chat/rooms/").then().rootPath("items[0].last_message"),
                as(anna).get("/chat/rooms/{room}/", room.toString()).then().rootPath("last_message"),
                send(anna, room, "hello", "m-1").then().statusCode(200).rootPath(""),
                as(anna).body(Map.of("content", "hello"))
                        .patch("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                        .then()
                        .rootPath(""))) {
            shown.body("reactions.emoji", contains("👍", "❤️"))
                    .body("reactions.count", contains(2, 1))
                    .body("reactions.reacted", contains(true, true));
        }
        as(bert).get("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                .then()
                .body("reactions.reacted", contains(true, false));
        events(bert)
                .then()
                .body("items[0].message.reactions.emoji", contains("👍", "❤️"))
                .body("items[0].message.reactions.count", contains(2, 1))
                .body("items[0].message.reactions[0].reacted", nullValue());
    }

    @Test
    void makesEachChangeAnEvent() {
        react(bert, "👍").then().statusCode(204);
        react(bert, "👍\uFE0F").then().statusCode(204);
        react(anna, "👍").then().statusCode(204);
        unreact(anna, "👍").then().statusCode(204);
        unreact(anna, "👍").then().statusCode(204);
        unreact(anna, "😀").then().statusCode(204);
        unreact(bert, "👍").then().statusCode(204);

        events(anna)
                .then()
                .body("last_seq", equalTo(5))
                .body(
                        "items.type",
                        contains(
                                "message.created",
                                "reaction.added",
                                "reaction.added",
                                "reaction.removed",
                                "reaction.removed"))
                .body("items[1].message_id", equalTo(id))
                .body("items.subList(1, 5).emoji", contains("👍", "👍", "👍", "👍"))
                .body("items.subList(1, 5).count", contains(1, 2, 1, 0))
                .body(
                        "items.subList(1, 5).user_id",
                        contains(
                                bert.id().toString(),
                                anna.id().toString(),
                                anna.id().toString(),
                                bert.id().toString()))
                .body("items[0].message.reactions", empty());
        try (var streams = new StreamProbe(redis)) {
            var relayed = streams.relayed(room, 5);
            assertThat(relayed).extracting(RelayEntry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(relayed.subList(1, 5)).extracting(RelayEntry::messageId).containsOnly(MessageId.fromString(id));
            assertThat(events(anna).asString()).contains(relayed.get(4).body());
        }
        // The list of rooms is ordered by messages only.
        as(anna).get("/chat/rooms/").then().body("items[0].last_message.id", equalTo(id));
    }

    @Test
    void takesTwentyKinds() {
        var emojis = IntStream.range(0, 20)
                .mapToObj(i -> Character.toString(0x1F600 + i))
                .toList();
        emojis.forEach(emoji -> react(anna, emoji).then().statusCode(204));

        react(bert, "👍").then().statusCode(409).body("code", equalTo("too_many_reactions"));
        react(anna, emojis.getLast()).then().statusCode(204);
        react(bert, emojis.getLast()).then().statusCode(204);
        unreact(anna, emojis.getFirst()).then().statusCode(204);
        react(bert, "👍").then().statusCode(204);
        react(bert, "❤️").then().statusCode(409);

        var expected = new ArrayList<>(emojis.subList(1, 20));
        expected.add("👍");
        as(anna).get("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                .then()
                .body("reactions.emoji", equalTo(expected));
        assertThatThrownBy(() -> new Sql(postgres)
                        .transaction("INSERT INTO reaction_kinds (room_id, message_id, emoji, place, since_seq, users) "
                                + "VALUES ('" + room + "', '" + id + "', 'x', 21, 1, 1)"))
                .hasMessageContaining("message_has_at_most_20_kinds_of_reaction");
    }

    @Test
    void countsReactionsMadeAtOneMoment() throws InterruptedException {
        var users =
                IntStream.range(0, 8).mapToObj(i -> auth.register("user" + i)).toList();
        var shared = group(anna, users.toArray(UserRef[]::new));
        var message = send(anna, shared, "vote").then().extract().<String>path("id");

        try (var threads = Executors.newFixedThreadPool(8)) {
            threads.invokeAll(users.stream()
                            .<Callable<Object>>map(user -> () -> as(user).put(PATH, shared.toString(), message, "👍")
                                    .then()
                                    .statusCode(204))
                            .toList())
                    .forEach(future -> assertThat(future).succeedsWithin(java.time.Duration.ofSeconds(10)));
        }

        as(anna).get("/chat/rooms/{room}/messages/{id}/", shared.toString(), message)
                .then()
                .body("reactions.count", contains(8));
        as(anna).get("/chat/rooms/{room}/events/", shared.toString())
                .then()
                .body("items.subList(1, 9).count", contains(1, 2, 3, 4, 5, 6, 7, 8));
    }

    @Test
    void listsWhoReactedPageByPage() {
        react(bert, "👍");
        react(anna, "👍");

        var first = as(anna).queryParam("limit", 1).get(PATH, room.toString(), id, "👍");
        first.then()
                .statusCode(200)
                .body("items.user.id", contains(bert.id().toString()))
                .body("items[0].user.username", equalTo("bert"))
                .body("items[0].reacted_at", matchesPattern(".*\\.\\d{3}Z"));
        as(anna).queryParam("limit", 1)
                .queryParam("cursor", first.<String>path("next_cursor"))
                .get(PATH, room.toString(), id, "👍")
                .then()
                .body("items.user.id", contains(anna.id().toString()))
                .body("next_cursor", nullValue());
        as(anna).get(PATH, room.toString(), id, "😀").then().statusCode(200).body("items", hasSize(0));
        as(anna).queryParam("cursor", "x")
                .get(PATH, room.toString(), id, "👍")
                .then()
                .statusCode(400);
        as(anna).get(PATH, room.toString(), "nonsense", "👍").then().statusCode(404);
    }

    @Test
    void loseTheirMessage() {
        react(bert, "👍").then().statusCode(204);
        as(anna).delete("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                .then()
                .statusCode(204);

        for (var refused :
                List.of(react(bert, "👍"), unreact(bert, "👍"), as(bert).get(PATH, room.toString(), id, "👍"))) {
            refused.then().statusCode(404).body("code", equalTo("message_not_found"));
        }
        as(bert).get("/chat/rooms/{room}/messages/", room.toString()).then().body("items[0].reactions", empty());
        events(bert)
                .then()
                .body("items.type", contains("message.created", "reaction.added", "message.deleted"))
                .body("items[0].message.reactions", empty());
    }

    @Test
    void areForParticipants() {
        var stranger = auth.register("stranger");

        react(stranger, "👍").then().statusCode(404).body("code", equalTo("room_not_found"));
        unreact(stranger, "👍").then().statusCode(404).body("code", equalTo("room_not_found"));
        as(stranger)
                .get(PATH, room.toString(), id, "👍")
                .then()
                .statusCode(404)
                .body("code", equalTo("room_not_found"));
        as(anna).put(PATH, room.toString(), "nonsense", "👍")
                .then()
                .statusCode(404)
                .body("code", equalTo("message_not_found"));
        react(stranger, "x").then().statusCode(400);
    }

    @Test
    void refusesWhatIsNoEmoji() throws IOException {
        for (var wrong : List.of("x", "👍👍", "1", "%", "👍 ", ":thumbsup:", "\uFFFD")) {
            react(anna, wrong).then().statusCode(400).body("errors.field", contains("emoji"));
        }
        for (var encoded : List.of("%F0%9F", "%zz", "%", "%00", "%ED%A0%BD")) {
            var answer = rawPut("/chat/rooms/" + room + "/messages/" + id + "/reactions/" + encoded + "/");
            assertThat(answer).as(encoded).startsWith("HTTP/1.1 400 ");
        }
        react(anna, "#️⃣").then().statusCode(204);
        as(anna).urlEncodingEnabled(false)
                .put("/chat/rooms/" + room + "/messages/" + id + "/reactions/%E2%9D%A4%EF%B8%8F")
                .then()
                .statusCode(204);
        events(anna).then().body("last_seq", equalTo(3)).body("items.subList(1, 3).emoji", contains("#️⃣", "❤️"));
    }

    /// A request that no client library would send.
    private String rawPut(String path) throws IOException {
        try (var socket = new Socket("localhost", RestAssured.port)) {
            var request = "PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + TestTokens.of(anna) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Response react(UserRef user, String emoji) {
        return as(user).put(PATH, room.toString(), id, emoji);
    }

    private Response unreact(UserRef user, String emoji) {
        return as(user).delete(PATH, room.toString(), id, emoji);
    }

    private Response events(UserRef user) {
        return as(user).get("/chat/rooms/{room}/events/", room.toString());
    }
}
