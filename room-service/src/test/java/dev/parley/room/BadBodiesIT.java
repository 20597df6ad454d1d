package dev.parley.room;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.embedded.PostgresServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every endpoint with a body, and every member of it, with everything that can be wrong: the answer names the fault,
/// and nothing has changed.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class BadBodiesIT {

    private static final String LONG = "\"" + "x".repeat(9_000) + "\"";
    private static final String UNKNOWN = "\"0198c0de-0000-7000-8000-000000000001\"";
    private static final List<String> NO_TEXT = List.of(
            "7", "-1.5", "true", "{}", "[]", "[\"x\"]", "{\"x\":\"x\"}", "\"\\u0000\"", "\"a\\ud800\"", "\"\\udc00a\"");
    private static final List<String> NO_NAME = List.of("\"\"", LONG, "\"a\\nb\"", "\"a\\u007fb\"", "\"a\\u202eb\"");
    private static final List<String> NO_CLIENT_ID =
            List.of("\"\"", LONG, "\"\\t\"", "\"ä\"", "\"😀\"", "\"" + "x".repeat(65) + "\"");
    private static final List<String> NO_LIST = List.of("7", "true", "\"x\"", "{}", "null");
    private static final List<String> NO_ID =
            List.of("[7]", "[true]", "[null]", "[\"x\"]", "[[]]", "[{}]", "[" + LONG + "]");

    enum Endpoint {
        CREATE_ROOM(
                Method.POST,
                "rooms/",
                "{\"room_type\":\"group\",\"name\":\"x\",\"participant_ids\":[],\"client_room_id\":\"c\"}"),
        CHANGE_ROOM(Method.PATCH, "rooms/ROOM/", "{\"name\":\"x\"}"),
        ADD(Method.POST, "rooms/ROOM/participants/", "{\"user_ids\":[\"OTHER\"]}"),
        CHANGE_PARTICIPANT(Method.PATCH, "rooms/ROOM/participants/OTHER/", "{\"role\":\"admin\"}"),
        SEND(
                Method.POST,
                "rooms/ROOM/messages/",
                "{\"content\":\"x\",\"client_message_id\":\"m\",\"reply_to_id\":\"MESSAGE\"}"),
        EDIT(Method.PATCH, "rooms/ROOM/messages/MESSAGE/", "{\"content\":\"x\"}"),
        READ(Method.POST, "rooms/ROOM/read/", "{\"seq\":1}");

        private final Method method;
        private final String path;
        private final String valid;

        Endpoint(Method method, String path, String valid) {
            this.method = method;
            this.path = path;
            this.valid = valid;
        }

        /// The valid body with another value for a member.
        String with(String member, String value) {
            var members = new LinkedHashMap<String, String>();
            for (var each : valid.substring(1, valid.length() - 1).split(",(?=\")", -1)) {
                var parts = each.split(":", 2);
                members.put(parts[0], parts[1]);
            }
            members.put("\"" + member + "\"", value);
            return members.entrySet().stream()
                    .map(each -> each.getKey() + ":" + each.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    FakeAuthService auth;
    PostgresServer postgres;

    private UserRef anna;
    private UserRef other;
    private RoomId room;
    private String message;
    private String before;

    @BeforeEach
    void setUp() throws SQLException {
        anna = auth.register("anna");
        other = auth.register("other");
        room = group(anna, other);
        message = send(anna, room, "message").path("id");
        before = state();
    }

    static Stream<Arguments> members() {
        return Stream.of(
                        wrong(
                                Endpoint.CREATE_ROOM,
                                "room_type",
                                NO_TEXT,
                                List.of("null", "\"\"", "\"club\"", "\"GROUP\"", LONG)),
                        wrong(Endpoint.CREATE_ROOM, "name", NO_TEXT, NO_NAME, List.of("null")),
                        wrong(Endpoint.CREATE_ROOM, "participant_ids", NO_LIST),
                        wrongElement(Endpoint.CREATE_ROOM, "participant_ids"),
                        wrong(Endpoint.CREATE_ROOM, "client_room_id", NO_TEXT, NO_CLIENT_ID),
                        wrong(Endpoint.CHANGE_ROOM, "name", NO_TEXT, NO_NAME),
                        wrong(Endpoint.ADD, "user_ids", NO_LIST, List.of("[]", idsOf(1_001))),
                        wrongElement(Endpoint.ADD, "user_ids"),
                        wrong(
                                Endpoint.CHANGE_PARTICIPANT,
                                "role",
                                NO_TEXT,
                                List.of("\"\"", "\"king\"", "\"ADMIN\"", LONG)),
                        wrong(Endpoint.SEND, "content", NO_TEXT, List.of("null", "\"\"", LONG)),
                        wrong(Endpoint.SEND, "client_message_id", NO_TEXT, NO_CLIENT_ID),
                        wrong(Endpoint.SEND, "reply_to_id", NO_TEXT, List.of("\"\"", "\"x\"", LONG, UNKNOWN)),
                        wrong(Endpoint.EDIT, "content", NO_TEXT, List.of("null", "\"\"", LONG)),
                        wrong(
                                Endpoint.READ,
                                "seq",
                                List.of(
                                        "null",
                                        "true",
                                        "\"1\"",
                                        "\"\"",
                                        "{}",
                                        "[]",
                                        "[1]",
                                        "1.5",
                                        "-1",
                                        "99999999999999999999")))
                .flatMap(rows -> rows);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("members")
    void namesTheMember(Endpoint endpoint, String member, String value, String field) throws SQLException {
        var answer = call(endpoint, endpoint.with(member, value));

        problem(answer, 400, "validation_failed").then().body("errors.field", contains(field));
        assertThat(state()).isEqualTo(before);
    }

    static Stream<Arguments> optionalMembers() {
        return Stream.of(
                Arguments.of(Endpoint.CREATE_ROOM, "client_room_id", 201),
                Arguments.of(Endpoint.CHANGE_ROOM, "name", 200),
                Arguments.of(Endpoint.CHANGE_PARTICIPANT, "role", 200),
                Arguments.of(Endpoint.SEND, "client_message_id", 201),
                Arguments.of(Endpoint.SEND, "reply_to_id", 201));
    }

    @ParameterizedTest(name = "{0} {1}: null")
    @MethodSource("optionalMembers")
    void takesNullForAbsent(Endpoint endpoint, String member, int status) {
        call(endpoint, endpoint.with(member, "null")).then().statusCode(status);
    }

    static Stream<Arguments> malformedBodies() {
        var deep = "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        var bodies = List.of(
                "",
                " ",
                "null",
                "7",
                "true",
                "\"x\"",
                "[]",
                "[VALID]",
                "{",
                "VALID}",
                "VALID VALID",
                "VALIDx",
                "VALID,",
                "{'x':1}",
                "{x:1}",
                "{\"x\":1,}",
                "{\"x\":NaN}",
                "{\"x\":01}",
                "/**/VALID",
                "{\"x\":\"a\nb\"}",
                "{\"x\":\"\\x\"}",
                "TWICE",
                deep);
        return Arrays.stream(Endpoint.values())
                .flatMap(endpoint -> bodies.stream().map(body -> Arguments.of(endpoint, body)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("malformedBodies")
    void takesOneJsonObjectOnly(Endpoint endpoint, String body) throws SQLException {
        var valid = endpoint.valid;
        var twice = valid.substring(0, valid.length() - 1) + "," + valid.substring(1);

        problem(call(endpoint, body.replace("VALID", valid).replace("TWICE", twice)), 400, "malformed");
        assertThat(state()).isEqualTo(before);
    }

    static Stream<Endpoint> endpoints() {
        return Arrays.stream(Endpoint.values());
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void takesUtf8Only(Endpoint endpoint) throws SQLException, IOException, InterruptedException {
        var marked = endpoint.with("unknown", "\"?\"");
        for (var bytes : List.of(new byte[] {(byte) 0xff}, new byte[] {(byte) 0xc0, (byte) 0x80}, new byte[] {
            (byte) 0xed, (byte) 0xa0, (byte) 0x80
        })) {
            var body = filledIn(marked).replace("?", new String(bytes, StandardCharsets.ISO_8859_1));

            assertThat(post(endpoint, body.getBytes(StandardCharsets.ISO_8859_1)))
                    .contains("\"code\":\"malformed\"");
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void takesJsonOnly(Endpoint endpoint) throws SQLException {
        for (var type :
                List.of("text/plain", "application/x-www-form-urlencoded", "image/png", "application/xml", "*/*")) {
            var plain = RestAssuredConfig.config()
                    .encoderConfig(EncoderConfig.encoderConfig()
                            .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                            .encodeContentTypeAs(type, ContentType.TEXT));

            var answer = given().config(plain)
                    .auth()
                    .oauth2(TestTokens.of(anna))
                    .contentType(type)
                    .body(filledIn(endpoint.valid))
                    .request(endpoint.method, "/chat/" + filledIn(endpoint.path));

            problem(answer, 415, "unsupported_media_type");
        }
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void takesSixtyFourKilobytes(Endpoint endpoint) throws SQLException {
        var large = endpoint.with("unknown", "\"" + "x".repeat(65_536) + "\"");

        problem(call(endpoint, large), 413, "payload_too_large");
        assertThat(state()).isEqualTo(before);
    }

    static Stream<Arguments> paths() {
        var ids = List.of(
                "x",
                "1-1-1-1-1",
                "0198C0DE-0000-7000-8000-000000000001",
                "0198c0de-0000-7000-8000-000000000001",
                "%00");
        return ids.stream()
                .flatMap(id -> Stream.of(
                        Arguments.of("GET rooms/" + id + "/", "room_not_found"),
                        Arguments.of("DELETE rooms/" + id + "/", "room_not_found"),
                        Arguments.of("GET rooms/" + id + "/participants/", "room_not_found"),
                        Arguments.of("GET rooms/" + id + "/messages/", "room_not_found"),
                        Arguments.of("GET rooms/" + id + "/events/", "room_not_found"),
                        Arguments.of("DELETE rooms/ROOM/participants/" + id + "/", "participant_not_found"),
                        Arguments.of("GET rooms/ROOM/messages/" + id + "/", "message_not_found"),
                        Arguments.of("DELETE rooms/ROOM/messages/" + id + "/", "message_not_found"),
                        Arguments.of("GET rooms/ROOM/messages/" + id + "/readers/", "message_not_found"),
                        Arguments.of("PUT rooms/ROOM/messages/" + id + "/reactions/👍/", "message_not_found"),
                        Arguments.of("GET rooms/ROOM/messages/" + id + "/reactions/👍/", "message_not_found")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void knowsNothingByAMisshapenOrUnknownId(String operation, String code) throws SQLException {
        var words = operation.split(" ", -1);

        var answer = as(anna).urlEncodingEnabled(!operation.contains("%"))
                .request(
                        Method.valueOf(words[0]),
                        "/chat/" + filledIn(words[1]).replace("👍", operation.contains("%") ? "%F0%9F%91%8D" : "👍"));

        problem(answer, 404, code);
        assertThat(state()).isEqualTo(before);
    }

    /// Bytes as they are: REST-assured makes text of them.
    private String post(Endpoint endpoint, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + "/chat/" + filledIn(endpoint.path)))
                .header("Authorization", "Bearer " + TestTokens.of(anna))
                .header("Content-Type", "application/json")
                .method(endpoint.method.name(), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private Response call(Endpoint endpoint, String body) {
        return as(anna).body(filledIn(body).getBytes(StandardCharsets.UTF_8))
                .request(endpoint.method, "/chat/" + filledIn(endpoint.path));
    }

    private String filledIn(String text) {
        return text.replace("ROOM", room.toString())
                .replace("MESSAGE", message)
                .replace("OTHER", other.id().toString());
    }

    /// What a refused request must leave as it was.
    private String state() throws SQLException {
        var sql = new Sql(postgres);
        return sql.texts("SELECT row(r.*)::text FROM rooms r WHERE id = '" + room + "'")
                        .toString()
                + sql.texts("SELECT row(p.*)::text FROM participants p WHERE room_id = '" + room + "' ORDER BY user_id")
                + sql.texts("SELECT row(m.*)::text FROM messages m WHERE room_id = '" + room + "' ORDER BY seq")
                + sql.numbers("SELECT count(*) FROM rooms WHERE created_by = '" + anna.id() + "'");
    }

    private static Response problem(Response answer, int status, String code) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("type", equalTo("/docs/problems/" + code));
        return answer;
    }

    @SafeVarargs
    private static Stream<Arguments> wrong(Endpoint endpoint, String member, List<String>... values) {
        var rows = new ArrayList<Arguments>();
        for (var list : values) {
            list.forEach(value -> rows.add(Arguments.of(endpoint, member, value, member)));
        }
        return rows.stream();
    }

    private static Stream<Arguments> wrongElement(Endpoint endpoint, String member) {
        var values = new ArrayList<>(NO_ID);
        values.add("[" + UNKNOWN + "]");
        return values.stream().map(value -> Arguments.of(endpoint, member, value, member + "[0]"));
    }

    private static String idsOf(int number) {
        return Collections.nCopies(number, UNKNOWN).toString();
    }
}
