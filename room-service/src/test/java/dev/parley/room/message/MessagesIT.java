package dev.parley.room.message;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.reply;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class MessagesIT {

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
    void sendsAMessage() {
        var answer = send(anna, room, "hello", "m-1");

        var id = answer.then().statusCode(201).extract().<String>path("id");
        answer.then()
                .header("Location", "/chat/rooms/" + room + "/messages/" + id + "/")
                .body("room_id", equalTo(room.toString()))
                .body("seq", equalTo(1))
                .body("sender.id", equalTo(anna.id().toString()))
                .body("sender.username", equalTo("anna"))
                .body("sender.deleted", equalTo(false))
                .body("content", equalTo("hello"))
                .body("client_message_id", equalTo("m-1"))
                .body("reply_to", nullValue())
                .body("timestamp", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
                .body("edited_at", nullValue())
                .body("deleted_at", nullValue())
                .body("is_read", equalTo(false))
                .body("reactions", hasSize(0));
        assertThat(answer.jsonPath().getMap("")).hasSize(12);
        as(bert).get("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                .then()
                .statusCode(200)
                .body("", equalTo(answer.jsonPath().getMap("")));
    }

    @Test
    void answersARepeatWithTheFirst() {
        var first = send(anna, room, "hello", "m-1");

        send(anna, room, "hello", "m-1")
                .then()
                .statusCode(200)
                .body("id", equalTo(first.path("id")))
                .body("seq", equalTo(1));
        send(anna, room, "something else", "m-1").then().statusCode(409).body("code", equalTo("idempotency_conflict"));
        send(bert, room, "hello", "m-1").then().statusCode(201).body("seq", equalTo(2));
    }

    @Test
    void repliesWithinTheRoomOnly() {
        var target = send(anna, room, "question").<String>path("id");
        var elsewhere = send(anna, group(anna), "elsewhere").<String>path("id");

        reply(bert, room, "answer", target)
                .then()
                .statusCode(201)
                .body("reply_to.id", equalTo(target))
                .body("reply_to.seq", equalTo(1));
        for (var id : List.of(elsewhere, MessageId.random().toString(), "nonsense")) {
            reply(bert, room, "answer", id).then().statusCode(400).body("errors.field", contains("reply_to_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\t a \n",
                "👩‍👩‍👧‍👦 🏳️‍🌈",
                "e\u0301 é",
                "\u202Eright to left\u202C \u200F",
                "<b>&amp;</b>",
                "\u0001\u001f\u007f\ufffe\uffff",
                "\ufeff"
            })
    void keepsContentExactly(String content) {
        var sent = send(anna, room, content);

        sent.then().statusCode(201).body("content", equalTo(content));
        history(bert).then().body("items[0].content", equalTo(content));
    }

    @ParameterizedTest
    @CsvSource({
        "'',               '6 7 8 9 10', true,  false",
        "'before_seq=4',   '1 2 3',      false, true",
        "'before_seq=8',   '3 4 5 6 7',  true,  true",
        "'before_seq=1',   '',           false, true",
        "'before_seq=999', '6 7 8 9 10', true,  false",
        "'after_seq=0',    '1 2 3 4 5',  false, true",
        "'after_seq=7',    '8 9 10',     true,  false",
        "'after_seq=10',   '',           true,  false",
        "'around_seq=5',   '3 4 5 6 7',  true,  true",
        "'around_seq=1',   '1 2 3 4 5',  false, true",
        "'around_seq=10',  '6 7 8 9 10', true,  false",
        "'around_seq=999', '6 7 8 9 10', true,  false",
        "'around_seq=0',   '1 2 3 4 5',  false, true",
    })
    void pagesTheHistory(String place, String expected, boolean hasBefore, boolean hasAfter) {
        for (int i = 1; i <= 10; i++) {
            send(anna, room, "message " + i).then().statusCode(201);
        }

        var page = as(bert).get("/chat/rooms/" + room + "/messages/?limit=5&" + place);

        page.then().statusCode(200).body("has_before", equalTo(hasBefore)).body("has_after", equalTo(hasAfter));
        assertThat(page.jsonPath().<Integer>getList("items.seq")).hasToString("[" + expected.replace(" ", ", ") + "]");
    }

    @Test
    void tellsWhoHasRead() {
        send(anna, room, "one");
        send(bert, room, "two");

        history(anna).then().body("items.is_read", contains(false, false));
        markRead(anna, 1)
                .then()
                .statusCode(200)
                .body("last_read_seq", equalTo(1))
                .body("unread_count", equalTo(1));
        history(anna).then().body("items.is_read", contains(false, false));
        history(bert).then().body("items.is_read", contains(false, false));
        markRead(bert, 1_000).then().body("last_read_seq", equalTo(2)).body("unread_count", equalTo(0));

        history(anna).then().body("items.is_read", contains(true, false));
        history(bert).then().body("items.is_read", contains(true, false));
    }

    @Test
    void neverMovesACursorBack() {
        send(bert, room, "one");
        send(bert, room, "two");
        markRead(anna, 2);

        markRead(anna, 1).then().body("last_read_seq", equalTo(2));
    }

    @Test
    void countsNoMoreThanAHundredUnread() {
        for (int i = 0; i < 103; i++) {
            send(bert, room, "message " + i).then().statusCode(201);
        }
        send(anna, room, "mine");

        as(anna).get("/chat/rooms/{room}/", room.toString()).then().body("unread_count", equalTo(100));
        markRead(anna, 100).then().body("unread_count", equalTo(3));
    }

    @Test
    void servesTheLog() {
        var privateRoom = RoomId.fromString(createPrivate(anna, bert).path("id"));
        for (int i = 1; i <= 3; i++) {
            send(anna, privateRoom, "message " + i);
        }

        var page = as(bert).get("/chat/rooms/" + privateRoom + "/events/?after_seq=1&limit=1");

        page.then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].type", equalTo("message.created"))
                .body("items[0].room_id", equalTo(privateRoom.toString()))
                .body("items[0].seq", equalTo(2))
                .body("items[0].actor_id", equalTo(anna.id().toString()))
                .body("items[0].message.seq", equalTo(2))
                .body("items[0].message.content", equalTo("message 2"))
                .body("last_seq", equalTo(3))
                .body("log_epoch", equalTo(1));
        as(bert).get("/chat/rooms/" + privateRoom + "/events/").then().body("items", hasSize(3));
    }

    @Test
    void findsNoMessageOfAnotherRoom() {
        var elsewhere = send(anna, group(anna), "elsewhere").<String>path("id");

        for (var id : List.of(elsewhere, "nonsense")) {
            as(anna).get("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("message_not_found"));
        }
    }

    private Response history(UserRef reader) {
        return as(reader).get("/chat/rooms/{room}/messages/", room.toString());
    }

    private Response markRead(UserRef reader, long seq) {
        return as(reader).body(Map.of("seq", seq)).post("/chat/rooms/{room}/read/", room.toString());
    }
}
