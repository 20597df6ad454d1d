package dev.parley.room;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.embedded.PostgresServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may do what: every operation for every kind of caller. A cell is the status, for what goes through with the
/// number of events it makes after a `+`, or the problem's code. What is refused makes none.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class AccessIT {

    private static final String NO_ROOM = "room_not_found";

    /// SELF is the caller, OWN a message of his. OTHER and ADMIN are participants and none of the callers, THEIRS is a
    /// message of OTHER; NEW is somebody else. Who was removed had sent his message before.
    private static final String IN_A_GROUP = """
            operation                                           anonymous       stranger       removed        member    admin     owner
            GET rooms/ROOM/                                     unauthenticated room_not_found room_not_found 200       200       200
            PATCH rooms/ROOM/ {"name":"new"}                    unauthenticated room_not_found room_not_found forbidden 200+1     200+1
            DELETE rooms/ROOM/                                  unauthenticated room_not_found room_not_found forbidden forbidden 204+1
            GET rooms/ROOM/participants/                        unauthenticated room_not_found room_not_found 200       200       200
            POST rooms/ROOM/participants/ {"user_ids":["NEW"]}  unauthenticated room_not_found room_not_found forbidden 200+1     200+1
            PATCH rooms/ROOM/participants/OTHER/ {"role":"admin"}
                                                                unauthenticated room_not_found room_not_found forbidden forbidden 200+1
            PATCH rooms/ROOM/participants/OTHER/ {"role":"owner"}
                                                                unauthenticated room_not_found room_not_found forbidden forbidden 200+2
            PATCH rooms/ROOM/participants/NEW/ {"role":"admin"} unauthenticated room_not_found room_not_found participant_not_found participant_not_found participant_not_found
            DELETE rooms/ROOM/participants/OTHER/               unauthenticated room_not_found room_not_found forbidden 204+1     204+1
            DELETE rooms/ROOM/participants/ADMIN/               unauthenticated room_not_found room_not_found forbidden forbidden 204+1
            DELETE rooms/ROOM/participants/SELF/                unauthenticated room_not_found room_not_found 204+1     204+1     204+2
            DELETE rooms/ROOM/participants/NEW/                 unauthenticated room_not_found room_not_found participant_not_found participant_not_found participant_not_found
            GET rooms/ROOM/messages/                            unauthenticated room_not_found room_not_found 200       200       200
            POST rooms/ROOM/messages/ {"content":"x"}           unauthenticated room_not_found room_not_found 201+1     201+1     201+1
            GET rooms/ROOM/messages/THEIRS/                     unauthenticated room_not_found room_not_found 200       200       200
            PATCH rooms/ROOM/messages/THEIRS/ {"content":"x"}   unauthenticated room_not_found room_not_found forbidden forbidden forbidden
            PATCH rooms/ROOM/messages/OWN/ {"content":"x"}      unauthenticated room_not_found room_not_found 200+1     200+1     200+1
            DELETE rooms/ROOM/messages/THEIRS/                  unauthenticated room_not_found room_not_found forbidden 204+1     204+1
            DELETE rooms/ROOM/messages/OWN/                     unauthenticated room_not_found room_not_found 204+1     204+1     204+1
            GET rooms/ROOM/messages/THEIRS/readers/             unauthenticated room_not_found room_not_found 200       200       200
            PUT rooms/ROOM/messages/THEIRS/reactions/👍/        unauthenticated room_not_found room_not_found 204+1     204+1     204+1
            DELETE rooms/ROOM/messages/THEIRS/reactions/👍/     unauthenticated room_not_found room_not_found 204       204       204
            GET rooms/ROOM/messages/THEIRS/reactions/👍/        unauthenticated room_not_found room_not_found 200       200       200
            POST rooms/ROOM/read/ {"seq":1}                     unauthenticated room_not_found room_not_found 200       200       200
            GET rooms/ROOM/events/                              unauthenticated room_not_found room_not_found 200       200       200
            GET search/?q=message&room_id=ROOM                  unauthenticated room_not_found room_not_found 200       200       200
            GET search/?q=message                               unauthenticated 200            200            200       200       200
            GET rooms/                                          unauthenticated 200            200            200       200       200
            GET unread/                                         unauthenticated 200            200            200       200       200
            POST rooms/ {"room_type":"group","name":"x","participant_ids":["NEW"]}
                                                                unauthenticated 201            201            201       201       201
            POST rooms/ {"room_type":"private","participant_ids":["NEW"]}
                                                                unauthenticated 201            201            201       201       201
            """;

    /// OTHER is the other one of the two.
    private static final String IN_A_PRIVATE_ROOM = """
            operation                                           anonymous       stranger       member
            GET rooms/ROOM/                                     unauthenticated room_not_found 200
            PATCH rooms/ROOM/ {"name":"new"}                    unauthenticated room_not_found private_room_fixed
            DELETE rooms/ROOM/                                  unauthenticated room_not_found private_room_fixed
            GET rooms/ROOM/participants/                        unauthenticated room_not_found 200
            POST rooms/ROOM/participants/ {"user_ids":["NEW"]}  unauthenticated room_not_found private_room_fixed
            POST rooms/ROOM/participants/ {"user_ids":["OTHER"]} unauthenticated room_not_found private_room_fixed
            PATCH rooms/ROOM/participants/OTHER/ {"role":"admin"} unauthenticated room_not_found private_room_fixed
            DELETE rooms/ROOM/participants/OTHER/               unauthenticated room_not_found private_room_fixed
            DELETE rooms/ROOM/participants/SELF/                unauthenticated room_not_found private_room_fixed
            GET rooms/ROOM/messages/                            unauthenticated room_not_found 200
            POST rooms/ROOM/messages/ {"content":"x"}           unauthenticated room_not_found 201+1
            GET rooms/ROOM/messages/THEIRS/                     unauthenticated room_not_found 200
            PATCH rooms/ROOM/messages/THEIRS/ {"content":"x"}   unauthenticated room_not_found forbidden
            PATCH rooms/ROOM/messages/OWN/ {"content":"x"}      unauthenticated room_not_found 200+1
            DELETE rooms/ROOM/messages/THEIRS/                  unauthenticated room_not_found forbidden
            DELETE rooms/ROOM/messages/OWN/                     unauthenticated room_not_found 204+1
            GET rooms/ROOM/messages/THEIRS/readers/             unauthenticated room_not_found 200
            PUT rooms/ROOM/messages/THEIRS/reactions/👍/        unauthenticated room_not_found 204+1
            DELETE rooms/ROOM/messages/THEIRS/reactions/👍/     unauthenticated room_not_found 204
            GET rooms/ROOM/messages/THEIRS/reactions/👍/        unauthenticated room_not_found 200
            POST rooms/ROOM/read/ {"seq":1}                     unauthenticated room_not_found 200
            GET rooms/ROOM/events/                              unauthenticated room_not_found 200
            GET search/?q=message&room_id=ROOM                  unauthenticated room_not_found 200
            """;

    @Inject
    ObjectMapper json;

    FakeAuthService auth;
    PostgresServer postgres;

    private final Map<String, UserRef> users = new HashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private Sql sql;

    @BeforeEach
    void setUp() {
        sql = new Sql(postgres);
        for (var name : List.of("stranger", "removed", "member", "admin", "owner", "other", "fellow", "new")) {
            users.put(name, auth.register(name));
        }
    }

    static Stream<Arguments> cellsOfAGroup() {
        return cells(IN_A_GROUP);
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("cellsOfAGroup")
    void decidesInAGroup(String operation, String caller, String outcome) throws SQLException {
        var room = group(
                users.get("owner"),
                users.get("admin"),
                users.get("fellow"),
                users.get("other"),
                users.get("member"),
                users.get("removed"));
        for (var admin : List.of("admin", "fellow")) {
            as(users.get("owner"))
                    .body("{\"role\":\"admin\"}")
                    .patch("/chat/rooms/" + room + "/participants/"
                            + users.get(admin).id() + "/");
        }
        write(room, caller, "removed", "member", "admin", "owner");
        as(users.get("owner"))
                .delete("/chat/rooms/" + room + "/participants/"
                        + users.get("removed").id() + "/");

        assertOutcome(room, operation, caller, outcome);
    }

    static Stream<Arguments> cellsOfAPrivateRoom() {
        return cells(IN_A_PRIVATE_ROOM);
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("cellsOfAPrivateRoom")
    void decidesInAPrivateRoom(String operation, String caller, String outcome) throws SQLException {
        var room = RoomId.fromString(
                createPrivate(users.get("member"), users.get("other")).path("id"));
        write(room, caller, "member");

        assertOutcome(room, operation, caller, outcome);
    }

    @Test
    void hasAtLeastTwoHundredCells() {
        assertThat(cellsOfAGroup().count() + cellsOfAPrivateRoom().count()).isGreaterThanOrEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"stranger,false", "removed,false", "member,true", "admin,true", "owner,true"})
    void decidesWhatComesThroughAGateway(String sender, boolean stored) throws SQLException, JsonProcessingException {
        var room = group(users.get("owner"), users.get("admin"), users.get("member"), users.get("removed"));
        as(users.get("owner"))
                .delete("/chat/rooms/" + room + "/participants/"
                        + users.get("removed").id() + "/")
                .then()
                .statusCode(204);
        var before = lastSeq(room);
        var entry = new IngestEntry(
                room, users.get(sender).id(), new Origin("g", "c"), List.of(new SendCommand(1, "m", "content", null)));

        var outcome = Management.asGateway()
                .contentType("application/json")
                .body(json.writeValueAsString(entry))
                .post("/internal/commands")
                .asString();

        assertThat(outcome).contains(stored ? "\"seq\":" + (before + 1) : NO_ROOM);
        assertThat(lastSeq(room)).isEqualTo(before + (stored ? 1 : 0));
    }

    private void assertOutcome(RoomId room, String operation, String caller, String outcome) throws SQLException {
        var before = lastSeq(room);

        var answer = call(filledIn(operation, room, caller), caller);

        var parts = outcome.split("\\+", -1);
        if (Character.isDigit(outcome.charAt(0))) {
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(Integer.parseInt(parts[0]));
        } else {
            var code = ProblemCode.valueOf(outcome.toUpperCase(Locale.ROOT));
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(code.status());
            assertThat(answer.<String>path("code")).isEqualTo(outcome);
        }
        var events = parts.length == 2 ? Long.parseLong(parts[1]) : 0;
        assertThat(lastSeq(room)).isEqualTo(before + events);
        assertThat(sql.numbers("SELECT count(*) FROM events WHERE room_id = '" + room + "'"))
                .containsExactly(before + events);
    }

    private static Response call(String operation, String caller, UserRef user) {
        var words = operation.split(" ", 3);
        var request = caller.equals("anonymous") ? given().contentType("application/json") : as(user);
        if (words.length == 3) {
            request.body(words[2]);
        }
        return request.request(Method.valueOf(words[0]), "/chat/" + words[1]);
    }

    private Response call(String operation, String caller) {
        return call(operation, caller, users.get(caller));
    }

    /// A message of the caller, if he is in the room, and one of the other.
    private void write(RoomId room, String caller, String... participants) {
        messages.put("THEIRS", send(users.get("other"), room, "their message").path("id"));
        var own = List.of(participants).contains(caller)
                ? send(users.get(caller), room, "own message").<String>path("id")
                : messages.get("THEIRS");
        messages.put("OWN", own);
    }

    private String filledIn(String operation, RoomId room, String caller) {
        return operation
                .replace("ROOM", room.toString())
                .replace("THEIRS", messages.get("THEIRS"))
                .replace("OWN", messages.get("OWN"))
                .replace("OTHER", users.get("other").id().toString())
                .replace("ADMIN", users.get("fellow").id().toString())
                .replace("NEW", users.get("new").id().toString())
                .replace(
                        "SELF",
                        users.getOrDefault(caller, users.get("new")).id().toString());
    }

    private long lastSeq(RoomId room) throws SQLException {
        return sql.numbers("SELECT last_seq FROM rooms WHERE id = '" + room + "'")
                .getFirst();
    }

    /// A row whose operation is long goes on in the next line.
    private static Stream<Arguments> cells(String table) {
        var rows = table.replaceAll("\n {20,}", " ").lines().toList();
        var callers = rows.getFirst().split(" +", -1);
        return rows.stream().skip(1).flatMap(row -> {
            var words = List.of(row.split(" +", -1));
            var outcomes = words.subList(words.size() - callers.length + 1, words.size());
            var operation = String.join(" ", words.subList(0, words.size() - outcomes.size()));
            return Stream.iterate(0, i -> i + 1)
                    .limit(outcomes.size())
                    .map(i -> Arguments.of(operation, callers[i + 1], outcomes.get(i)));
        });
    }
}
