package dev.parley.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.system.LocalSystem;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Ada and Bob meet, make rooms and talk; Mallory, who is in none, gets nowhere.
@ExtendWith(RunningSystem.class)
class FirstConversationIT {

    private LocalSystem system;
    private Person ada;
    private Person bob;
    private Person mallory;

    @BeforeEach
    void meet(LocalSystem running) {
        system = running;
        ada = Person.register(system, "ada");
        bob = Person.register(system, "bob");
        mallory = Person.register(system, "mallory");
    }

    @Test
    void registersAndLogsIn() {
        String email = "carol" + System.nanoTime() + "@example.org";
        Map<String, String> account =
                Map.of("username", email.replace("@example.org", ""), "email", email, "password", Person.PASSWORD);

        Response registered = Person.anonymous(system).body(account).post("/auth/register/");
        Response loggedIn = Person.anonymous(system)
                .body(Map.of("username", account.get("username"), "password", Person.PASSWORD))
                .post("/auth/login/");

        assertThat(registered.statusCode()).isEqualTo(201);
        assertThat(registered.header("Location")).isNotNull();
        assertThat(registered.header("Cache-Control")).isEqualTo("no-store");
        JsonNode tokens = Json.parse(registered.asString());
        Shapes.assertTokens(tokens);
        assertThat(tokens.at("/user/email").textValue()).isEqualTo(email);
        assertThat(tokens.at("/user/username").textValue()).isEqualTo(account.get("username"));
        assertThat(loggedIn.statusCode()).isEqualTo(200);
        JsonNode again = Json.parse(loggedIn.asString());
        Shapes.assertTokens(again);
        assertThat(again.get("user")).isEqualTo(tokens.get("user"));
        assertThat(again.get("refresh_token")).isNotEqualTo(tokens.get("refresh_token"));
    }

    @Test
    void makesOnePrivateRoomForPair() {
        Map<String, Object> wish = Map.of("room_type", "private", "participant_ids", List.of(bob.id()));

        Response made = ada.asking().body(wish).post("/chat/rooms/");
        Response repeated = ada.asking().body(wish).post("/chat/rooms/");
        Response fromTheOther = bob.asking()
                .body(Map.of("room_type", "private", "participant_ids", List.of(ada.id())))
                .post("/chat/rooms/");

        JsonNode room = Json.parse(made.asString());
        String id = room.get("id").textValue();
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith("/chat/rooms/" + id + "/");
        Shapes.assertRoom(room);
        assertThat(room.get("room_type").textValue()).isEqualTo("private");
        assertThat(room.get("name").isNull()).isTrue();
        assertThat(room.get("participant_count").intValue()).isEqualTo(2);
        assertThat(room.get("last_seq").longValue()).isZero();
        assertThat(room.get("last_message").isNull()).isTrue();
        assertThat(room.get("unread_count").intValue()).isZero();
        assertThat(room.get("last_read_seq").longValue()).isZero();
        assertThat(room.get("role").textValue()).isEqualTo("member");
        assertThat(repeated.statusCode()).isEqualTo(200);
        assertThat(Json.parse(repeated.asString()).get("id").textValue()).isEqualTo(id);
        assertThat(fromTheOther.statusCode()).isEqualTo(200);
        assertThat(Json.parse(fromTheOther.asString()).get("id").textValue()).isEqualTo(id);
    }

    @Test
    void makesGroupWithItsOwner() {
        Response made = ada.asking()
                .body(Map.of("room_type", "group", "name", "Tea ☕", "participant_ids", List.of(bob.id())))
                .post("/chat/rooms/");

        JsonNode room = Json.parse(made.asString());
        assertThat(made.statusCode()).isEqualTo(201);
        Shapes.assertRoom(room);
        assertThat(room.get("room_type").textValue()).isEqualTo("group");
        assertThat(room.get("name").textValue()).isEqualTo("Tea ☕");
        assertThat(room.get("role").textValue()).isEqualTo("owner");
        assertThat(room.get("participants")
                        .valueStream()
                        .map(one -> one.at("/user/id").textValue() + " "
                                + one.get("role").textValue()))
                .containsExactlyInAnyOrder(ada.id() + " owner", bob.id() + " member");
        assertThat(ada.get("/chat/rooms/" + room.get("id").textValue() + "/")).isEqualTo(room);
    }

    @Test
    void deliversMessageToEverySocketOfItsRoomOnly() {
        String room = ada.createGroup("tea", List.of(bob));
        String elsewhere = ada.createGroup("coffee", List.of(bob));
        try (ChatSocket adas = ChatSocket.open(system, ada.socketPath(room));
                ChatSocket bobs = ChatSocket.open(system, bob.socketPath(room));
                ChatSocket other = ChatSocket.open(system, bob.socketPath(elsewhere))) {
            Shapes.assertHello(adas.next("hello"), ada, room);
            Shapes.assertHello(bobs.next("hello"), bob, room);
            Shapes.assertHello(other.next("hello"), bob, elsewhere);

            adas.send(send("1", "c-1", "Hello, Bob! \u2764 \uD83D\uDC4B")).join();

            JsonNode ack = adas.next("ack");
            Shapes.assertSendAck(ack);
            assertThat(ack.get("id").textValue()).isEqualTo("1");
            assertThat(ack.get("client_message_id").textValue()).isEqualTo("c-1");
            assertThat(ack.get("room_id").textValue()).isEqualTo(room);
            assertThat(ack.get("seq").longValue()).isEqualTo(1);
            assertThat(ack.get("duplicate").booleanValue()).isFalse();
            JsonNode seenByBob = bobs.next("message.created");
            Shapes.assertMessageCreated(seenByBob);
            assertThat(adas.next("message.created")).isEqualTo(seenByBob);
            JsonNode message = seenByBob.get("message");
            assertThat(message.get("id")).isEqualTo(ack.get("message_id"));
            assertThat(message.get("timestamp")).isEqualTo(ack.get("timestamp"));
            assertThat(message.get("content").textValue()).isEqualTo("Hello, Bob! \u2764 \uD83D\uDC4B");
            Shapes.assertUserRef(message.get("sender"), ada);

            // A frame on the other room's socket proves that it is open and was passed by.
            bobs.send(send("2", "c-2", "Hello, Ada!")).join();
            adas.next("message.created", event -> event.get("seq").longValue() == 2);
            assertThat(other.unread())
                    .noneMatch(frame -> frame.path("type").textValue().startsWith("message."));

            JsonNode page = bob.get("/chat/rooms/" + room + "/messages/");
            assertThat(Json.members(page)).containsExactly("has_after", "has_before", "items");
            assertThat(page.get("items")).hasSize(2);
            JsonNode first = page.get("items").get(0);
            Shapes.assertMessage(first);
            for (String member : Json.members(message)) {
                assertThat(first.get(member)).as(member).isEqualTo(message.get(member));
            }
        }
    }

    @Test
    void answersRepeatWithTheFirst() {
        String room = ada.createGroup("tea", List.of(bob));
        try (ChatSocket adas = ChatSocket.open(system, ada.socketPath(room));
                ChatSocket bobs = ChatSocket.open(system, bob.socketPath(room))) {
            adas.send(send("1", "c-1", "once")).join();
            JsonNode first = adas.next("ack");

            adas.send(send("2", "c-1", "once")).join();

            JsonNode second = adas.next("ack", ack -> ack.get("id").textValue().equals("2"));
            Shapes.assertSendAck(second);
            assertThat(second.get("duplicate").booleanValue()).isTrue();
            assertThat(second.get("seq")).isEqualTo(first.get("seq"));
            assertThat(second.get("message_id")).isEqualTo(first.get("message_id"));
            assertThat(second.get("timestamp")).isEqualTo(first.get("timestamp"));

            adas.send(send("3", "c-2", "twice")).join();
            assertThat(bobs.next("message.created").get("seq").longValue()).isEqualTo(1);
            assertThat(bobs.next("message.created").get("seq").longValue()).isEqualTo(2);
            assertThat(ada.history(room)).hasSize(2);
        }
    }

    @Test
    void doesNotTellStrangersThatRoomExists() {
        String room = ada.createGroup("tea", List.of(bob));
        for (String path : List.of("/chat/rooms/" + room + "/", "/chat/rooms/" + room + "/messages/")) {
            Response answer = mallory.asking().get(path);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            Shapes.assertProblem(Json.parse(answer.asString()), 404, "room_not_found", path);
        }
        assertThat(ChatSocket.refusal(system, mallory.socketPath(room))).isEqualTo(404);
        assertThat(ChatSocket.refusal(system, mallory.socketPath("0198c0de-0000-7000-8000-000000000000")))
                .isEqualTo(404);
        assertThat(ChatSocket.refusal(system, mallory.socketPath("no-room"))).isEqualTo(404);
    }

    @Test
    void refusesMissingAndWrongTokens() {
        String room = ada.createGroup("tea", List.of(bob));
        String forged = ada.accessToken().substring(0, ada.accessToken().length() - 8) + "AAAAAAAA";
        for (String path : List.of("/chat/rooms/", "/chat/rooms/" + room + "/messages/", "/auth/me/")) {
            Response without = Person.anonymous(system).get(path);
            Response wrong = Person.anonymous(system)
                    .header("Authorization", "Bearer " + forged)
                    .get(path);

            for (Response answer : List.of(without, wrong)) {
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                Shapes.assertProblem(Json.parse(answer.asString()), 401, "unauthenticated", path);
            }
        }
        assertThat(ChatSocket.refusal(system, "/ws/chat/" + room + "/")).isEqualTo(401);
        assertThat(ChatSocket.refusal(system, "/ws/chat/" + room + "/?token=" + forged))
                .isEqualTo(401);
        assertThat(ChatSocket.refusal(system, "/ws/chat/" + room + "/?token=")).isEqualTo(401);
    }

    @Test
    void answersTheSameWithoutTrailingSlash() {
        String room = ada.createGroup("tea", List.of(bob));

        assertThat(ada.get("/chat/rooms/" + room)).isEqualTo(ada.get("/chat/rooms/" + room + "/"));
        assertThat(ada.get("/auth/me")).isEqualTo(ada.get("/auth/me/"));
        try (ChatSocket adas = ChatSocket.open(system, "/ws/chat/" + room + "?token=" + ada.accessToken())) {
            Shapes.assertHello(adas.next("hello"), ada, room);
        }
    }

    @Test
    void explainsProblemsAndTheApiOnItsOrigin() {
        Response refused = mallory.asking().get("/chat/rooms/" + ada.id() + "/");
        String type = Json.parse(refused.asString()).get("type").textValue();

        Response page = Person.anonymous(system).get(type);

        assertThat(type).isEqualTo("/docs/problems/room_not_found");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.asString()).contains("<h1><code>room_not_found</code></h1>");
        for (String path : List.of("/docs/", "/docs/auth-service/", "/docs/room-service/", "/docs/gateway/")) {
            assertThat(Person.anonymous(system).get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void refusesLargeBodies() {
        Response answer = ada.asking()
                .body(Map.of("room_type", "group", "name", "x".repeat(1_000_000), "participant_ids", List.of()))
                .post("/chat/rooms/");

        assertThat(answer.statusCode()).isEqualTo(413);
        Shapes.assertProblem(Json.parse(answer.asString()), 413, "payload_too_large", "/chat/rooms/");
    }

    @Test
    void keepsInternalsOffTheOrigin() {
        for (String path : List.of("/internal/heads", "/q/health/ready", "/chat/internal/heads", "/auth/../internal")) {
            assertThat(ada.asking().get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static Map<String, Object> send(String id, String clientMessageId, String content) {
        return Map.of("type", "message.send", "id", id, "client_message_id", clientMessageId, "content", content);
    }
}
