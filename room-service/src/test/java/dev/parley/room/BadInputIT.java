package dev.parley.room;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class BadInputIT {

    private static final String UNICODE_NUL = "\\u0000";
    private static final String LONE_SURROGATE = "\\ud800";

    FakeAuthService auth;

    private UserRef anna;
    private RoomId room;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        room = group(anna);
    }

    static Stream<Arguments> invalidMembers() {
        var someone = "\"0198c0de-0000-7000-8000-000000000001\"";
        return Stream.of(
                invalid("rooms/", "{}", "room_type"),
                invalid("rooms/", "{'room_type':'club','name':'x','participant_ids':[]}", "room_type"),
                invalid("rooms/", "{'room_type':7,'name':'x','participant_ids':[]}", "room_type"),
                invalid("rooms/", "{'room_type':'group','participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':null,'participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':'','participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':7,'participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':'a\\nb','participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':'a\\u202eb','participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':'" + UNICODE_NUL + "','participant_ids':[]}", "name"),
                invalid("rooms/", "{'room_type':'group','name':'" + LONE_SURROGATE + "','participant_ids':[]}", "name"),
                invalid(
                        "rooms/",
                        "{'room_type':'group','name':'" + "x".repeat(101) + "','participant_ids':[]}",
                        "name"),
                invalid("rooms/", "{'room_type':'group','name':'x'}", "participant_ids"),
                invalid("rooms/", "{'room_type':'group','name':'x','participant_ids':'x'}", "participant_ids"),
                invalid("rooms/", "{'room_type':'group','name':'x','participant_ids':[null]}", "participant_ids[0]"),
                invalid("rooms/", "{'room_type':'group','name':'x','participant_ids':['x']}", "participant_ids[0]"),
                invalid("rooms/", "{'room_type':'group','name':'x','participant_ids':[7]}", "participant_ids[0]"),
                invalid(
                        "rooms/",
                        "{'room_type':'group','name':'x','participant_ids':[],'client_room_id':''}",
                        "client_room_id"),
                invalid(
                        "rooms/",
                        "{'room_type':'group','name':'x','participant_ids':[],'client_room_id':'ä'}",
                        "client_room_id"),
                invalid("rooms/", "{'room_type':'private'}", "participant_ids"),
                invalid("rooms/", "{'room_type':'private','participant_ids':[]}", "participant_ids"),
                invalid(
                        "rooms/",
                        "{'room_type':'private','participant_ids':[" + someone + "," + someone + "]}",
                        "participant_ids"),
                invalid("rooms/", "{'room_type':'private','participant_ids':['SELF']}", "participant_ids[0]"),
                invalid("rooms/ROOM/messages/", "{}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':null}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':''}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':7}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':true}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':{}}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':[]}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':'" + UNICODE_NUL + "'}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':'" + LONE_SURROGATE + "'}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':'" + "x".repeat(8_001) + "'}", "content"),
                invalid("rooms/ROOM/messages/", "{'content':'x','client_message_id':''}", "client_message_id"),
                invalid("rooms/ROOM/messages/", "{'content':'x','client_message_id':7}", "client_message_id"),
                invalid("rooms/ROOM/messages/", "{'content':'x','client_message_id':'\\t'}", "client_message_id"),
                invalid(
                        "rooms/ROOM/messages/",
                        "{'content':'x','client_message_id':'" + "x".repeat(65) + "'}",
                        "client_message_id"),
                invalid("rooms/ROOM/messages/", "{'content':'x','reply_to_id':'x'}", "reply_to_id"),
                invalid("rooms/ROOM/messages/", "{'content':'x','reply_to_id':7}", "reply_to_id"),
                invalid("rooms/ROOM/messages/", "{'content':'x','reply_to_id':" + someone + "}", "reply_to_id"),
                invalid("rooms/ROOM/read/", "{}", "seq"),
                invalid("rooms/ROOM/read/", "{'seq':null}", "seq"),
                invalid("rooms/ROOM/read/", "{'seq':-1}", "seq"),
                invalid("rooms/ROOM/read/", "{'seq':1.5}", "seq"),
                invalid("rooms/ROOM/read/", "{'seq':'1'}", "seq"));
    }

    @ParameterizedTest
    @MethodSource("invalidMembers")
    void namesTheMemberAtFault(String path, String body, String field) {
        problem(post(path, body), 400, "validation_failed").then().body("errors.field", contains(field));
    }

    static Stream<Arguments> invalidParameters() {
        return Stream.of("rooms/", "rooms/ROOM/participants/", "rooms/ROOM/messages/", "rooms/ROOM/events/")
                .flatMap(path -> Stream.concat(
                        Stream.of("0", "-1", "501", "x", "1.5", "99999999999999999999")
                                .map(value -> Arguments.of(path, "limit", value)),
                        switch (path) {
                            case "rooms/" ->
                                Stream.of(
                                        Arguments.of(path, "cursor", "x"),
                                        Arguments.of(path, "cursor", "AAAA"),
                                        Arguments.of(path, "room_type", "club"),
                                        Arguments.of(path, "peer_id", "x"));
                            case "rooms/ROOM/participants/" -> Stream.of(Arguments.of(path, "cursor", "!"));
                            case "rooms/ROOM/events/" -> Stream.of(Arguments.of(path, "after_seq", "-1"));
                            default ->
                                Stream.of("before_seq", "after_seq", "around_seq")
                                        .flatMap(name ->
                                                Stream.of("x", "-1").map(value -> Arguments.of(path, name, value)));
                        }));
    }

    @ParameterizedTest
    @MethodSource("invalidParameters")
    void namesTheParameterAtFault(String path, String name, String value) {
        var answer = as(anna).queryParam(name, value).get("/chat/" + path.replace("ROOM", room.toString()));

        problem(answer, 400, "validation_failed").then().body("errors.field", contains(name));
    }

    @Test
    void takesOnePlaceInTheHistory() {
        var answer = as(anna).get("/chat/rooms/" + room + "/messages/?before_seq=3&after_seq=1");

        problem(answer, 400, "validation_failed").then().body("errors.field", contains("after_seq"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "7", "[]", "\"x\"", "{", "{} {}", "{\"seq\":1,\"seq\":2}", "{'seq':1}"})
    void saysWhenABodyIsNoObject(String body) {
        for (var path : List.of("rooms/", "rooms/" + room + "/messages/", "rooms/" + room + "/read/")) {
            problem(as(anna).body(body).post("/chat/" + path), 400, "malformed");
        }
    }

    @Test
    void ignoresWhatItDoesNotKnow() {
        post("rooms/ROOM/messages/?x=1", "{'content':'x','colour':{'a':[1]}}")
                .then()
                .statusCode(201);
    }

    @Test
    void takesContentOfEightThousandCodePoints() {
        post("rooms/ROOM/messages/", "{'content':'" + "\ud83d\ude00".repeat(8_000) + "'}")
                .then()
                .statusCode(201);
    }

    @Test
    void refusesLargeBodies() {
        var answer = post("rooms/ROOM/messages/", "{'content':'" + "x".repeat(65_537) + "'}");

        problem(answer, 413, "payload_too_large");
    }

    @Test
    void refusesOtherMediaTypesAndMethods() {
        var text = given().auth()
                .oauth2(TestTokens.of(anna))
                .contentType("text/plain")
                .body("{}")
                .post("/chat/rooms/");
        problem(text, 415, "unsupported_media_type");
        problem(as(anna).put("/chat/rooms/"), 405, "method_not_allowed");
        problem(as(anna).get("/chat/nothing/"), 404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "1-1-1-1-1", "0198c0de-0000-7000-8000-000000000001"})
    void knowsNoRoomByAMisshapenId(String id) {
        for (var path : List.of("", "participants/", "messages/", "events/")) {
            problem(as(anna).get("/chat/rooms/" + id + "/" + path), 404, "room_not_found");
        }
        problem(as(anna).body("{\"content\":\"x\"}").post("/chat/rooms/" + id + "/messages/"), 404, "room_not_found");
        problem(as(anna).body("{}").post("/chat/rooms/" + id + "/messages/"), 400, "validation_failed");
    }

    @Test
    void wantsAValidAccessToken() {
        var tokens = List.of(
                TestTokens.expired(anna.id()),
                TestTokens.forged(anna.id()),
                TestTokens.ofType(anna.id(), "JWT"),
                "nonsense");
        for (var path : List.of("rooms/", "rooms/" + room + "/", "rooms/" + room + "/messages/")) {
            unauthenticated(given().get("/chat/" + path));
            for (var token : tokens) {
                unauthenticated(given().auth().oauth2(token).get("/chat/" + path));
            }
        }
        unauthenticated(given().queryParam("token", TestTokens.of(anna)).get("/chat/rooms/"));
        unauthenticated(given().contentType("application/json").body("{").post("/chat/rooms/"));
        unauthenticated(given().contentType("text/plain").body("{").post("/chat/rooms/"));
    }

    private static void unauthenticated(Response answer) {
        problem(answer, 401, "unauthenticated").then().header("WWW-Authenticate", startsWith("Bearer"));
    }

    private Response post(String path, String body) {
        return as(anna).body(body.replace("'", "\"").replace("SELF", anna.id().toString()))
                .post("/chat/" + path.replace("ROOM", room.toString()));
    }

    private static Response problem(Response answer, int status, String code) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .header("Cache-Control", "no-store")
                .body("type", equalTo("/docs/problems/" + code))
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("title", not(equalTo("")))
                .body("instance", startsWith("/chat/"))
                .body("trace_id", matchesPattern("[0-9a-f]{32}"));
        assertThat(answer.jsonPath().getMap("").keySet())
                .containsAll(List.of("type", "title", "status", "detail", "instance", "code", "trace_id"));
        return answer;
    }

    private static Arguments invalid(String path, String body, String field) {
        return Arguments.of(path, body, field);
    }
}
