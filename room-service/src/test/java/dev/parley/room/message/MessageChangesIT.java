package dev.parley.room.message;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class MessageChangesIT {

    FakeAuthService auth;
    RedisServer redis;

    private UserRef owner;
    private UserRef sender;
    private UserRef reader;
    private RoomId room;
    private String id;

    @BeforeEach
    void setUp() {
        owner = auth.register("owner");
        sender = auth.register("sender");
        reader = auth.register("reader");
        room = group(owner, sender, reader);
        id = send(sender, room, "secret", "m-1")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void editsAMessageWithoutATraceOfWhatItWas() {
        edit(sender, "public")
                .then()
                .statusCode(200)
                .body("content", equalTo("public"))
                .body("seq", equalTo(1))
                .body("edited_at", matchesPattern(".*\\.\\d{3}Z"));
        edit(sender, "public").then().statusCode(200);

        events(reader)
                .then()
                .body("last_seq", equalTo(2))
                .body("items.type", contains("message.created", "message.updated"))
                .body("items.seq", contains(1, 2))
                .body("items.message.seq", contains(1, 1))
                .body("items.message.content", contains("public", "public"));
        assertThat(events(reader).asString()).doesNotContain("secret");
        as(reader).get("/chat/rooms/").then().body("items[0].last_message.content", equalTo("public"));
    }

    @Test
    void leavesATombstone() {
        delete(sender).then().statusCode(204);
        delete(sender).then().statusCode(204);
        delete(owner).then().statusCode(204);

        as(reader)
                .get("/chat/rooms/{room}/messages/", room.toString())
                .then()
                .body("items", hasSize(1))
                .body("items[0].content", equalTo(""))
                .body("items[0].deleted_at", notNullValue());
        events(reader)
                .then()
                .body("last_seq", equalTo(2))
                .body("items[0].type", equalTo("message.created"))
                .body("items[0].message.content", equalTo(""))
                .body("items[0].message.deleted_at", notNullValue())
                .body("items[1].type", equalTo("message.deleted"))
                .body("items[1].message_id", equalTo(id))
                .body("items[1].message_seq", equalTo(1));
        assertThat(events(reader).asString()).doesNotContain("secret");
        as(reader)
                .get("/chat/rooms/")
                .then()
                .body("items[0].last_message.id", equalTo(id))
                .body("items[0].unread_count", equalTo(0));
        edit(sender, "back").then().statusCode(404).body("code", equalTo("message_not_found"));
    }

    @Test
    void recognisesARepeatAfterAnEditAndADeletion() {
        edit(sender, "public").then().statusCode(200);
        send(sender, room, "secret", "m-1").then().statusCode(200).body("content", equalTo("public"));
        send(sender, room, "public", "m-1").then().statusCode(409);
        delete(sender).then().statusCode(204);
        send(sender, room, "secret", "m-1").then().statusCode(200).body("content", equalTo(""));

        events(reader).then().body("last_seq", equalTo(3));
    }

    @Test
    void relaysWhatTheLogSays() {
        edit(sender, "public").then().statusCode(200);

        try (var streams = new StreamProbe(redis)) {
            var relayed = streams.relayed(room, 2).getLast();

            assertThat(relayed).extracting(RelayEntry::type).isEqualTo("message.updated");
            assertThat(relayed.messageId()).hasToString(id);
            assertThat(events(reader).asString()).contains(relayed.body());
        }
    }

    @Test
    void letsOnlyTheSenderEditAndOnlyHimAndAdminsDelete() {
        var stranger = auth.register("stranger");

        edit(reader, "x").then().statusCode(403);
        edit(owner, "x").then().statusCode(403);
        edit(stranger, "x").then().statusCode(404).body("code", equalTo("room_not_found"));
        delete(reader).then().statusCode(403);
        delete(stranger).then().statusCode(404).body("code", equalTo("room_not_found"));
        delete(owner).then().statusCode(204);
        delete(reader).then().statusCode(403);
    }

    @Test
    void refusesWhatCannotBeContent() {
        for (var body : List.of("{}", "{\"content\":null}", "{\"content\":\"\"}", "{\"content\":\"\\u0000\"}")) {
            as(sender)
                    .body(body)
                    .patch("/chat/rooms/{room}/messages/{id}/", room.toString(), id)
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("content"));
        }
        as(sender)
                .body(Map.of("content", "x"))
                .patch("/chat/rooms/{room}/messages/nonsense/", room.toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("message_not_found"));
    }

    private Response edit(UserRef actor, String content) {
        return as(actor)
                .body(Map.of("content", content))
                .patch("/chat/rooms/{room}/messages/{id}/", room.toString(), id);
    }

    private Response delete(UserRef actor) {
        return as(actor).delete("/chat/rooms/{room}/messages/{id}/", room.toString(), id);
    }

    private Response events(UserRef user) {
        return as(user).get("/chat/rooms/{room}/events/", room.toString());
    }
}
