package dev.parley.room.room;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.createGroup;
import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.ids;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.model.event.UserRef;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class RoomsIT {

    FakeAuthService auth;

    @Test
    void makesAGroupOwnedByItsMaker() {
        var anna = auth.register("anna");
        var bert = auth.register("bert");

        var answer = createGroup(anna, "Reading circle", bert, bert, anna);

        var id = answer.then().statusCode(201).extract().<String>path("id");
        answer.then()
                .header("Location", "/chat/rooms/" + id + "/")
                .header("Cache-Control", "no-store")
                .body("room_type", equalTo("group"))
                .body("name", equalTo("Reading circle"))
                .body("participant_count", equalTo(2))
                .body("participants.user.username", containsInAnyOrder("anna", "bert"))
                .body("participants.find { it.user.username == 'anna' }.role", equalTo("owner"))
                .body("participants.find { it.user.username == 'bert' }.role", equalTo("member"))
                .body("participants[0].last_read_seq", equalTo(0))
                .body(
                        "participants[0].joined_at",
                        matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
                .body("last_seq", equalTo(0))
                .body("log_epoch", equalTo(1))
                .body("last_message", nullValue())
                .body("unread_count", equalTo(0))
                .body("last_read_seq", equalTo(0))
                .body("role", equalTo("owner"));
        assertThat(answer.jsonPath().getMap("").keySet())
                .containsExactly(
                        "id",
                        "room_type",
                        "name",
                        "participants",
                        "participant_count",
                        "created_at",
                        "last_seq",
                        "log_epoch",
                        "last_message",
                        "unread_count",
                        "last_read_seq",
                        "role");
    }

    @Test
    void makesAGroupOfOneAndFindsItByItsClientId() {
        var anna = auth.register("anna");
        Map<String, Object> body = Map.of(
                "room_type", "group", "name", "Alone", "participant_ids", List.of(), "client_room_id", "device-1:7");

        var first = as(anna).body(body).post("/chat/rooms/");
        var again = as(anna).body(body).post("/chat/rooms/");

        first.then().statusCode(201).body("participant_count", equalTo(1));
        again.then().statusCode(200).body("id", equalTo(first.path("id")));
    }

    @Test
    void givesThePairItsOneRoomWhoeverAsks() {
        var anna = auth.register("anna");
        var bert = auth.register("bert");

        var first = createPrivate(anna, bert);
        var second = createPrivate(bert, anna);

        first.then().statusCode(201).body("name", nullValue()).body("participants.role", contains("member", "member"));
        second.then().statusCode(200).body("id", equalTo(first.path("id")));
    }

    @Test
    void makesOneRoomWhenBothMakeItAtTheSameMoment() throws Exception {
        for (int round = 0; round < 5; round++) {
            var anna = auth.register("anna");
            var bert = auth.register("bert");

            var answers = atOnce(List.of(
                    () -> createPrivate(anna, bert),
                    () -> createPrivate(bert, anna),
                    () -> createPrivate(anna, bert),
                    () -> createPrivate(bert, anna)));

            assertThat(answers)
                    .extracting(Response::statusCode)
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
            assertThat(answers)
                    .extracting(answer -> answer.<String>path("id"))
                    .containsOnly(answers.getFirst().<String>path("id"));
        }
    }

    @Test
    void namesThePlaceOfAnUnknownParticipant() {
        var anna = auth.register("anna");
        var bert = auth.register("bert");
        var stranger = UserRef.present(dev.parley.model.id.UserId.random(), "nobody", "nobody");

        createGroup(anna, "Group", bert, stranger)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation_failed"))
                .body("errors.field", contains("participant_ids[1]"));
        createGroup(anna, "Group", auth.registerErased())
                .then()
                .statusCode(400)
                .body("errors.field", contains("participant_ids[0]"));
    }

    @Test
    void isUnavailableWhileAnUnknownUserCannotBeLookedUp() {
        var anna = auth.register("anna");
        auth.setAway(true);
        try {
            createGroup(anna, "Group")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", "2")
                    .body("code", equalTo("unavailable"));
        } finally {
            auth.setAway(false);
        }
    }

    @Test
    void listsOwnRoomsByLatestActivity() {
        var anna = auth.register("anna");
        var bert = auth.register("bert");
        var first = group(anna, bert);
        var second = group(anna);
        var third = group(anna);
        send(bert, first, "news").then().statusCode(201);

        var page = as(anna).get("/chat/rooms/?limit=2");
        var rest =
                as(anna).queryParam("cursor", page.<String>path("next_cursor")).get("/chat/rooms/?limit=2");

        page.then()
                .statusCode(200)
                .body("items.id", contains(first.toString(), third.toString()))
                .body("items[0].last_message.content", equalTo("news"))
                .body("items[0].unread_count", equalTo(1))
                .body("items[0].last_seq", equalTo(1));
        rest.then().body("items.id", contains(second.toString())).body("next_cursor", nullValue());
    }

    @Test
    void filtersByTypeAndPeer() {
        var anna = auth.register("anna");
        var bert = auth.register("bert");
        var carla = auth.register("carla");
        group(anna, bert);
        var withBert = createPrivate(anna, bert).<String>path("id");
        createPrivate(carla, anna);

        as(anna).get("/chat/rooms/?room_type=group").then().body("items", hasSize(1));
        as(anna).get("/chat/rooms/?room_type=private").then().body("items", hasSize(2));
        as(anna).get("/chat/rooms/?room_type=private&peer_id={id}", bert.id().toString())
                .then()
                .body("items.id", contains(withBert));
        as(bert).get("/chat/rooms/?peer_id={id}", carla.id().toString()).then().body("items", hasSize(0));
    }

    @Test
    void showsAStrangerNothing() {
        var anna = auth.register("anna");
        var stranger = auth.register("stranger");
        var room = group(anna).toString();

        for (var path : List.of("", "participants/", "messages/", "messages/" + room + "/", "events/")) {
            as(stranger)
                    .get("/chat/rooms/" + room + "/" + path)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("room_not_found"))
                    .body("instance", equalTo("/chat/rooms/" + room + "/" + path));
        }
        as(stranger)
                .body(Map.of("content", "hello"))
                .post("/chat/rooms/" + room + "/messages/")
                .then()
                .statusCode(404)
                .body("code", equalTo("room_not_found"));
        as(stranger)
                .body(Map.of("seq", 1))
                .post("/chat/rooms/" + room + "/read/")
                .then()
                .statusCode(404)
                .body("code", equalTo("room_not_found"));
        as(stranger).get("/chat/rooms/").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void answersTheSameWithoutTheTrailingSlash() {
        var anna = auth.register("anna");
        var room = group(anna);

        as(anna).redirects()
                .follow(false)
                .get("/chat/rooms")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        as(anna).redirects().follow(false).get("/chat/rooms/" + room).then().statusCode(200);
        as(anna).redirects()
                .follow(false)
                .get("/chat/rooms/" + room + "/messages")
                .then()
                .statusCode(200);
        as(anna).redirects()
                .follow(false)
                .body(Map.of("room_type", "group", "name", "x", "participant_ids", ids()))
                .post("/chat/rooms")
                .then()
                .statusCode(201);
    }

    @Test
    void pagesParticipantsInTheOrderOfTheirJoining() {
        var anna = auth.register("anna");
        var others = new UserRef[120];
        for (int i = 0; i < others.length; i++) {
            others[i] = auth.register("user" + i);
        }
        var room = group(anna, others);

        var shown = as(anna).get("/chat/rooms/{id}/", room.toString());
        var collected = new ArrayList<String>();
        String cursor = null;
        do {
            var request = as(anna).queryParam("limit", 50);
            var page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/chat/rooms/{id}/participants/", room.toString());
            collected.addAll(page.jsonPath().getList("items.user.id"));
            cursor = page.path("next_cursor");
        } while (cursor != null);

        shown.then().body("participant_count", equalTo(121)).body("participants", hasSize(100));
        assertThat(collected).doesNotHaveDuplicates().hasSize(121);
        assertThat(shown.jsonPath().<String>getList("participants.user.id")).isEqualTo(collected.subList(0, 100));
        as(anna).get("/chat/rooms/").then().body("items[0].participants", hasSize(10));
    }

    private static List<Response> atOnce(List<Callable<Response>> calls) throws Exception {
        var barrier = new CyclicBarrier(calls.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = calls.stream()
                    .map(call -> threads.submit(() -> {
                        barrier.await();
                        return call.call();
                    }))
                    .toList();
            var answers = new ArrayList<Response>();
            for (var future : futures) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
