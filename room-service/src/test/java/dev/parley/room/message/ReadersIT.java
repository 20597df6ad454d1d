package dev.parley.room.message;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.ids;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class ReadersIT {

    FakeAuthService auth;

    private UserRef anna;
    private UserRef bert;
    private UserRef carl;
    private RoomId room;
    private String first;
    private String second;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        bert = auth.register("bert");
        carl = auth.register("carl");
        room = group(anna, bert, carl);
        first = send(anna, room, "one").then().extract().path("id");
        second = send(anna, room, "two").then().extract().path("id");
    }

    @Test
    void areWhoHasReadUpToTheMessage() {
        readers(anna, first).then().statusCode(200).body("items", empty()).body("next_cursor", equalTo(null));
        read(bert, room, 1);
        read(carl, room, 2);
        read(anna, room, 2);

        readers(bert, first)
                .then()
                .body("items.user.id", contains(ids(bert, carl).toArray()));
        readers(bert, second)
                .then()
                .body("items.user.username", contains("carl"))
                .body("items.last_read_seq", contains(2))
                .body("items.role", contains("member"));
        as(carl).delete(
                        "/chat/rooms/{room}/participants/{user}/",
                        room.toString(),
                        carl.id().toString())
                .then()
                .statusCode(204);
        readers(anna, second).then().body("items", empty());
    }

    @Test
    void comePageByPage() {
        read(bert, room, 2);
        read(carl, room, 2);
        var page = as(anna).queryParam("limit", 1)
                .get("/chat/rooms/{room}/messages/{id}/readers/", room.toString(), first);
        var next = as(anna).queryParam("limit", 1)
                .queryParam("cursor", page.<String>path("next_cursor"))
                .get("/chat/rooms/{room}/messages/{id}/readers/", room.toString(), first);

        next.then().body("next_cursor", equalTo(null));
        assertThat(page.<String>path("items[0].user.id")).isNotEqualTo(next.path("items[0].user.id"));
        next.then()
                .body(
                        "items.user.username",
                        containsInAnyOrder(
                                page.<String>path("items[0].user.username").equals("bert") ? "carl" : "bert"));
        as(anna).queryParam("cursor", "x")
                .get("/chat/rooms/{room}/messages/{id}/readers/", room.toString(), first)
                .then()
                .statusCode(400);
    }

    @Test
    void areForParticipants() {
        readers(auth.register("stranger"), first).then().statusCode(404).body("code", equalTo("room_not_found"));
        readers(anna, "nonsense").then().statusCode(404).body("code", equalTo("message_not_found"));
    }

    @Test
    void countsWhatIsUnreadOverAllRooms() {
        var other = group(anna, bert);
        send(anna, other, "three");
        send(bert, other, "own");
        var deleted = send(anna, other, "four").then().extract().<String>path("id");
        var silent = group(anna, bert);
        send(bert, silent, "own");

        unread(bert, 2, 4);
        as(anna).delete("/chat/rooms/{room}/messages/{id}/", other.toString(), deleted)
                .then()
                .statusCode(204);
        unread(bert, 2, 3);
        read(bert, room, 1);
        unread(bert, 2, 2);
        read(bert, room, 2);
        unread(bert, 1, 1);
        as(anna).delete("/chat/rooms/{room}/", other.toString()).then().statusCode(204);
        unread(bert, 0, 0);
        unread(carl, 1, 2);
        unread(auth.register("stranger"), 0, 0);
    }

    private Response readers(UserRef user, String message) {
        return as(user).get("/chat/rooms/{room}/messages/{id}/readers/", room.toString(), message);
    }

    private static void read(UserRef user, RoomId room, long seq) {
        as(user).body(Map.of("seq", seq))
                .post("/chat/rooms/{room}/read/", room.toString())
                .then()
                .statusCode(200);
    }

    private static void unread(UserRef user, int rooms, int messages) {
        as(user).get("/chat/unread/")
                .then()
                .statusCode(200)
                .body("rooms", equalTo(rooms))
                .body("messages", equalTo(messages));
    }
}
