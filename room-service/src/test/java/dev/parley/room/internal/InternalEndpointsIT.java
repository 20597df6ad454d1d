package dev.parley.room.internal;

import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.HeadsQuery;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Participants;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.internal.Standing;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.Chat;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.StreamProbe;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class InternalEndpointsIT {

    @Inject
    ObjectMapper json;

    FakeAuthService auth;
    RedisServer redis;

    private UserRef anna;
    private RoomId room;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        room = group(anna);
    }

    @Test
    void tellsHowAUserStands() {
        send(anna, room, "one");

        standing(room.toString(), anna)
                .statusCode(200)
                .body("last_seq", equalTo(1))
                .body("log_epoch", equalTo(1));
        standing(room.toString(), auth.register("stranger")).statusCode(404).body("code", equalTo("room_not_found"));
        standing(RoomId.random().toString(), anna).statusCode(404);
        standing("nonsense", anna).statusCode(400).body("errors.field", contains("room_id"));
    }

    @Test
    void tellsHowAUserStandsInManyRooms() throws JsonProcessingException {
        send(anna, room, "one");
        var other = group(anna);
        var foreign = group(auth.register("stranger"));

        var query = new StandingsQuery(anna.id(), List.of(room, other, foreign, RoomId.random()));
        var found = json.readValue(
                post(InternalPaths.STANDINGS, query)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                Standings.class);

        assertThat(found.items())
                .containsExactlyInAnyOrder(
                        new Standings.Item(room, new Standing(1, 1)), new Standings.Item(other, new Standing(0, 1)));
        var many = Collections.nCopies(101, room);
        post(InternalPaths.STANDINGS, new StandingsQuery(anna.id(), many))
                .then()
                .statusCode(400);
        gateway().body("{}").post(InternalPaths.STANDINGS).then().statusCode(400);
    }

    @Test
    void namesTheParticipantsOfARoomUpToALimit() throws JsonProcessingException {
        var bert = auth.register("bert");
        var both = group(anna, bert);
        send(anna, both, "one");

        var all = json.readValue(participants(both, 2).statusCode(200).extract().asString(), Participants.class);

        assertThat(all.lastSeq()).isEqualTo(1);
        assertThat(all.count()).isEqualTo(2);
        assertThat(all.userIds()).containsExactlyInAnyOrder(anna.id(), bert.id());
        participants(both, 1).body("count", equalTo(2)).body("user_ids", hasSize(0));
        participants(RoomId.random(), 1).statusCode(404).body("code", equalTo("room_not_found"));
        participants(both, 0).statusCode(400);
    }

    @Test
    void tellsTheHeadsOfRoomsByName() throws JsonProcessingException {
        var deleted = group(anna);
        Chat.as(anna).delete("/chat/rooms/{room}/", deleted.toString()).then().statusCode(204);

        var query = new HeadsQuery(List.of(room, deleted, RoomId.random()));
        var heads = json.readValue(
                post(InternalPaths.HEADS, query)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                Heads.class);

        assertThat(heads.complete()).isTrue();
        assertThat(heads.rooms()).containsExactlyInAnyOrder(new Heads.Head(room, 0, 1), new Heads.Head(deleted, 1, 1));
        gateway()
                .queryParam("since", heads.watermark())
                .get(InternalPaths.HEADS)
                .then()
                .statusCode(200);
        var many = Collections.nCopies(1_001, room);
        post(InternalPaths.HEADS, new HeadsQuery(many)).then().statusCode(400);
    }

    @Test
    void marksRoomsAsRead() throws JsonProcessingException {
        var bert = auth.register("bert");
        var both = group(anna, bert);
        send(anna, both, "one");
        send(anna, both, "two");
        var origin = new Origin("g", "c");

        var cursor = json.readValue(
                post(InternalPaths.READ, new ReadCommand(both, bert.id(), 1, origin))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                ReadCursor.class);

        assertThat(cursor).isEqualTo(new ReadCursor(1, 1));
        post(InternalPaths.READ, new ReadCommand(room, bert.id(), 1, origin))
                .then()
                .statusCode(404);
        post(InternalPaths.READ, new ReadCommand(both, bert.id(), -1, origin))
                .then()
                .statusCode(400);
        gateway().body("{\"seq\":1}").post(InternalPaths.READ).then().statusCode(400);
    }

    @Test
    void readsALogAsItIsRelayed() throws JsonProcessingException {
        for (int i = 1; i <= 3; i++) {
            send(anna, room, "message " + i);
        }

        var page = json.readValue(events(0, 2).extract().asString(), EventPage.class);

        assertThat(page.events()).extracting(RelayEntry::seq).containsExactly(1L, 2L);
        assertThat(page.lastSeq()).isEqualTo(3);
        try (var streams = new StreamProbe(redis)) {
            assertThat(page.events()).isEqualTo(streams.relayed(room, 2));
        }
        events(3, 500).body("events", hasSize(0)).body("last_seq", equalTo(3));
    }

    @Test
    void endsAPageAtOneMebibyte() {
        for (int i = 0; i < 60; i++) {
            send(anna, room, "\ud83d\ude00".repeat(5_000)).then().statusCode(201);
        }

        // 20,000 bytes of content and some 400 around it: the 52nd fills the page.
        events(0, 500).body("events", hasSize(52)).body("last_seq", equalTo(60));
    }

    @Test
    void tellsWhichRoomsChanged() {
        var first = gateway().get(InternalPaths.HEADS);
        first.then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("memberships_complete", equalTo(false))
                .body("rooms", hasSize(0));
        send(anna, room, "one");

        var deadline = System.nanoTime() + 5_000_000_000L;
        var since = first.<String>path("watermark");
        Map<String, Object> expected = Map.of("room_id", room.toString(), "last_seq", 1, "log_epoch", 1);
        while (!gateway()
                .queryParam("since", since)
                .get(InternalPaths.HEADS)
                .<List<Map<String, Object>>>path("rooms")
                .contains(expected)) {
            // The answer is shared by all gateways for a quarter of a second.
            assertThat(System.nanoTime()).as("the room is among the heads").isLessThan(deadline);
        }
        gateway()
                .queryParam("since", since)
                .get(InternalPaths.HEADS)
                .then()
                .body("complete", equalTo(true))
                .body("rooms.room_id", hasItem(room.toString()));
        gateway().queryParam("since", "1").get(InternalPaths.HEADS).then().body("complete", equalTo(false));
        gateway().queryParam("since", "x").get(InternalPaths.HEADS).then().statusCode(400);
    }

    @Test
    void storesAndRelaysCommandsThatTheIngestLost() throws JsonProcessingException {
        var origin = new Origin("g", "c");
        var entry = new IngestEntry(
                room,
                anna.id(),
                origin,
                List.of(new SendCommand(7, "a", "one", null), new SendCommand(8, "b", "", null)));

        var first = commands(entry);
        var again = commands(entry);

        assertThat(first.outcomes().getFirst()).hasFieldOrPropertyWithValue("duplicate", false);
        assertThat(first.outcomes().getLast()).isInstanceOf(SendOutcome.Refused.class);
        assertThat(again.outcomes().getFirst()).hasFieldOrPropertyWithValue("duplicate", true);
        try (var streams = new StreamProbe(redis)) {
            assertThat(streams.relayed(room, 1).getFirst().cause()).isEqualTo(new RelayEntry.Cause(origin, 7));
        }
    }

    @Test
    void refusesCommandsThatLackSomething() {
        var complete = Map.<String, Object>of(
                "room_id", room.toString(),
                "sender_id", anna.id().toString(),
                "origin", Map.of("gateway_id", "gw", "connection_id", "c1"),
                "commands", List.of(Map.of("ref", 1, "client_message_id", "m", "content", "hello")));
        for (var member : complete.keySet()) {
            var body = new HashMap<String, Object>(complete);
            body.remove(member);
            refusesCommands(body);
        }
        for (var wrong : List.of(
                Map.entry("origin", Map.of("gateway_id", "gw")),
                Map.entry("origin", Map.of("connection_id", "c1")),
                Map.entry("commands", List.of()),
                Map.entry("commands", List.of(Map.of("ref", 1, "client_message_id", "m"))))) {
            var body = new HashMap<String, Object>(complete);
            body.put(wrong.getKey(), wrong.getValue());
            refusesCommands(body);
        }
        gateway()
                .contentType("application/json")
                .body(complete)
                .post(InternalPaths.COMMANDS)
                .then()
                .statusCode(200);
    }

    private static void refusesCommands(Map<String, Object> body) {
        gateway()
                .contentType("application/json")
                .body(body)
                .post(InternalPaths.COMMANDS)
                .then()
                .statusCode(400);
    }

    @Test
    void letsInNobodyWithoutTheCredential() {
        for (var path : List.of(
                InternalPaths.STANDING, InternalPaths.PARTICIPANTS, InternalPaths.EVENTS, InternalPaths.HEADS)) {
            management().get(path).then().statusCode(401).body("code", equalTo("unauthenticated"));
            management()
                    .auth()
                    .preemptive()
                    .basic("gateway", "wrong")
                    .get(path)
                    .then()
                    .statusCode(401);
            management()
                    .auth()
                    .preemptive()
                    .basic("room", "gateway-secret")
                    .get(path)
                    .then()
                    .statusCode(401);
            management().auth().oauth2(TestTokens.of(anna)).get(path).then().statusCode(401);
        }
        for (var path :
                List.of(InternalPaths.COMMANDS, InternalPaths.STANDINGS, InternalPaths.READ, InternalPaths.HEADS)) {
            management().body("{}").post(path).then().statusCode(401);
        }
    }

    @Test
    void isNotOnThePublicPort() {
        given().auth()
                .preemptive()
                .basic("gateway", "gateway-secret")
                .get(InternalPaths.HEADS)
                .then()
                .statusCode(404);
    }

    @Test
    void isReadyWhileItsServersAnswer() {
        // Metrics are there from the first use of what they count.
        send(anna, room, "one").then().statusCode(201);

        management()
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'redis' }.status", equalTo("UP"));
        management().get("/q/health/live").then().statusCode(200);
        assertThat(management().get("/q/metrics").asString())
                .contains("parley_ingest_batch", "parley_log_transactions", "parley_log_relay_failures");
    }

    private io.restassured.response.ValidatableResponse standing(String roomId, UserRef user) {
        return gateway()
                .queryParam("room_id", roomId)
                .queryParam("user_id", user.id().toString())
                .get(InternalPaths.STANDING)
                .then();
    }

    private io.restassured.response.ValidatableResponse events(long afterSeq, int limit) {
        return gateway()
                .queryParam("room_id", room.toString())
                .queryParam("after_seq", afterSeq)
                .queryParam("limit", limit)
                .get(InternalPaths.EVENTS)
                .then();
    }

    private Response post(String path, Object body) throws JsonProcessingException {
        return gateway()
                .contentType("application/json")
                .body(json.writeValueAsString(body))
                .post(path);
    }

    private io.restassured.response.ValidatableResponse participants(RoomId of, int limit) {
        return gateway()
                .queryParam("room_id", of.toString())
                .queryParam("limit", limit)
                .get(InternalPaths.PARTICIPANTS)
                .then();
    }

    private CommandsResult commands(IngestEntry entry) throws JsonProcessingException {
        var answer = gateway()
                .contentType("application/json")
                .body(json.writeValueAsString(entry))
                .post(InternalPaths.COMMANDS);
        return json.readValue(answer.then().statusCode(200).extract().asString(), CommandsResult.class);
    }

    private static RequestSpecification gateway() {
        return Management.asGateway();
    }

    private static RequestSpecification management() {
        return Management.anonymous();
    }
}
