package dev.parley.room.testing;

import static io.restassured.RestAssured.given;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The REST API in a test's words.
public final class Chat {

    private Chat() {}

    /// A request with a valid token.
    public static RequestSpecification as(UserRef user) {
        return given().auth().oauth2(TestTokens.of(user)).contentType("application/json");
    }

    public static Response createGroup(UserRef owner, String name, UserRef... others) {
        return as(owner)
                .body(Map.of("room_type", "group", "name", name, "participant_ids", ids(others)))
                .post("/chat/rooms/");
    }

    public static Response createPrivate(UserRef one, UserRef other) {
        return as(one).body(Map.of("room_type", "private", "participant_ids", ids(other)))
                .post("/chat/rooms/");
    }

    /// A new group.
    public static RoomId group(UserRef owner, UserRef... others) {
        return RoomId.fromString(createGroup(owner, "group", others)
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    public static Response send(UserRef sender, RoomId room, String content) {
        return as(sender).body(Map.of("content", content)).post("/chat/rooms/{room}/messages/", room.toString());
    }

    public static Response send(UserRef sender, RoomId room, String content, String clientMessageId) {
        return as(sender)
                .body(Map.of("content", content, "client_message_id", clientMessageId))
                .post("/chat/rooms/{room}/messages/", room.toString());
    }

    public static Response reply(UserRef sender, RoomId room, String content, String replyToId) {
        var body = new HashMap<String, String>();
        body.put("content", content);
        body.put("reply_to_id", replyToId);
        return as(sender).body(body).post("/chat/rooms/{room}/messages/", room.toString());
    }

    public static List<String> ids(UserRef... users) {
        return Arrays.stream(users).map(user -> user.id().toString()).toList();
    }
}
