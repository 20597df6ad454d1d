package dev.parley.e2e;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.system.LocalSystem;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Somebody with an account, and what they do over REST.
record Person(LocalSystem system, String id, String username, String email, String accessToken) {

    static final String PASSWORD = "correct horse battery 9";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /// Registers an account with a username that nobody else has.
    static Person register(LocalSystem system, String name) {
        String username = name + "-" + NUMBER.incrementAndGet();
        String email = username + "@example.org";
        JsonNode tokens = Json.parse(anonymous(system)
                .body(Map.of("username", username, "email", email, "password", PASSWORD))
                .post("/auth/register/")
                .then()
                .statusCode(201)
                .extract()
                .asString());
        return new Person(
                system,
                tokens.at("/user/id").textValue(),
                username,
                email,
                tokens.get("access_token").textValue());
    }

    static RequestSpecification anonymous(LocalSystem system) {
        return given().baseUri(system.publicUrl().toString())
                .urlEncodingEnabled(false)
                .contentType(ContentType.JSON);
    }

    RequestSpecification asking() {
        return anonymous(system).header("Authorization", "Bearer " + accessToken);
    }

    /// Makes a group with the others in it and answers its id.
    String createGroup(String name, List<Person> others) {
        return Json.parse(asking().body(Map.of(
                                "room_type",
                                "group",
                                "name",
                                name,
                                "participant_ids",
                                others.stream().map(Person::id).toList()))
                        .post("/chat/rooms/")
                        .then()
                        .statusCode(201)
                        .extract()
                        .asString())
                .get("id")
                .textValue();
    }

    JsonNode get(String path) {
        return Json.parse(asking().get(path).then().statusCode(200).extract().asString());
    }

    /// All messages of a room, by `seq`, read page by page.
    List<JsonNode> history(String room) {
        return Stream.iterate(
                        get("/chat/rooms/" + room + "/messages/?after_seq=0&limit=100"),
                        page -> page != null,
                        page -> page.get("has_after").booleanValue()
                                ? get("/chat/rooms/" + room + "/messages/?limit=100&after_seq="
                                        + page.get("items")
                                                .get(page.get("items").size() - 1)
                                                .get("seq")
                                                .longValue())
                                : null)
                .flatMap(page -> page.get("items").valueStream())
                .toList();
    }

    /// The path of a room's socket, with this person's token.
    String socketPath(String room) {
        return "/ws/chat/" + room + "/?token=" + accessToken;
    }
}
