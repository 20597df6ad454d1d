package dev.parley.room.participant;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.ids;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class ParticipantChangesIT {

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    private UserRef owner;
    private UserRef admin;
    private UserRef member;
    private UserRef other;
    private RoomId room;

    @BeforeEach
    void setUp() {
        owner = auth.register("owner");
        admin = auth.register("admin");
        member = auth.register("member");
        other = auth.register("other");
        room = group(owner, admin, member);
        setRole(owner, admin, "admin").then().statusCode(200).body("role", equalTo("admin"));
    }

    @Test
    void addsUsersAsEventsOfTheLog() {
        var newcomer = auth.register("newcomer");

        add(admin, other, member, newcomer, other)
                .then()
                .statusCode(200)
                .body("items.user.username", contains("other", "member", "newcomer"))
                .body("items.role", contains("member", "member", "member"))
                .body("items.last_read_seq", contains(2, 0, 3));
        add(admin, other).then().statusCode(200).body("items.user.username", contains("other"));

        var log = events(other);
        assertThat(types(log)).containsExactly("participant.updated", "participant.added", "participant.added");
        log.then()
                .body("items[1].actor_id", equalTo(admin.id().toString()))
                .body("items[1].participant.user.username", equalTo("other"))
                .body("items[1].participant.role", equalTo("member"))
                .body("items[1].participant.last_read_seq", equalTo(2));
        as(owner).get("/chat/rooms/{id}/", room.toString()).then().body("participant_count", equalTo(5));
    }

    @Test
    void relaysWhatTheLogSays() {
        remove(admin, member).then().statusCode(204);

        try (var streams = new StreamProbe(redis)) {
            var relayed = streams.relayed(room, 2);

            assertThat(relayed.getLast().type()).isEqualTo("participant.removed");
            assertThat(relayed.getLast().userIds()).containsExactly(member.id());
            assertThat(events(owner).asString())
                    .contains(relayed.stream().map(RelayEntry::body).toList());
        }
    }

    @Test
    void showsARemovedOneNothingAndALaterOneEverything() {
        send(owner, room, "before").then().statusCode(201);

        remove(owner, member).then().statusCode(204);
        history(member).then().statusCode(404).body("code", equalTo("room_not_found"));
        send(member, room, "after").then().statusCode(404);
        remove(owner, member).then().statusCode(404).body("code", equalTo("participant_not_found"));
        add(owner, member).then().statusCode(200);

        history(member).then().statusCode(200).body("items.content", contains("before"));
    }

    @Test
    void handsARoomOver() {
        setRole(owner, member, "owner").then().statusCode(200).body("role", equalTo("owner"));

        var log = events(owner);
        log.then()
                .body("items[1].participant.user.username", equalTo("member"))
                .body("items[1].participant.role", equalTo("owner"))
                .body("items[2].participant.user.username", equalTo("owner"))
                .body("items[2].participant.role", equalTo("admin"));
        setRole(owner, admin, "member").then().statusCode(403);
        setRole(member, owner, "member").then().statusCode(200);
    }

    @Test
    void givesTheRoomOfALeavingOwnerToTheLongestServingAdmin() {
        remove(owner, owner).then().statusCode(204);

        assertThat(types(events(admin)))
                .containsExactly("participant.updated", "participant.removed", "participant.updated");
        as(admin).get("/chat/rooms/{id}/", room.toString()).then().body("role", equalTo("owner"));
    }

    @Test
    void deletesTheRoomWithTheLastOneOut() throws SQLException {
        remove(member, member).then().statusCode(204);
        remove(admin, admin).then().statusCode(204);
        remove(owner, owner).then().statusCode(204);

        history(owner).then().statusCode(404);
        var log = new Sql(postgres).numbers("SELECT seq FROM events WHERE room_id = '" + room + "' ORDER BY seq");
        assertThat(log).containsExactly(1L, 2L, 3L, 4L, 5L);
        try (var streams = new StreamProbe(redis)) {
            assertThat(streams.relayed(room, 5))
                    .extracting(RelayEntry::type)
                    .endsWith("participant.removed", "room.deleted");
        }
    }

    @Test
    void takesNoSeqForWhatChangesNothing() {
        setRole(owner, admin, "admin").then().statusCode(200);
        setRole(owner, owner, "owner").then().statusCode(200);
        rename(owner, "group").then().statusCode(200);
        as(owner).body("{}").patch("/chat/rooms/{id}/", room.toString()).then().statusCode(200);

        events(owner).then().body("last_seq", equalTo(1));
    }

    @Test
    void renamesARoom() {
        rename(admin, "Another name").then().statusCode(200).body("name", equalTo("Another name"));

        events(member)
                .then()
                .body("items[1].type", equalTo("room.updated"))
                .body("items[1].room.name", equalTo("Another name"))
                .body("items[1].room.room_type", equalTo("group"))
                .body("items[1].room.participant_count", equalTo(3))
                .body("items[1].room.id", equalTo(room.toString()));
        rename(admin, "").then().statusCode(400).body("errors.field", contains("name"));
    }

    @Test
    void deletesARoomForEverybody() {
        as(owner).delete("/chat/rooms/{id}/", room.toString()).then().statusCode(204);

        for (var user : List.of(owner, admin, member)) {
            as(user).get("/chat/rooms/{id}/", room.toString()).then().statusCode(404);
            as(user).get("/chat/rooms/").then().body("items", hasSize(0));
            send(user, room, "late").then().statusCode(404);
        }
        as(owner).delete("/chat/rooms/{id}/", room.toString()).then().statusCode(404);
        try (var streams = new StreamProbe(redis)) {
            assertThat(streams.relayed(room, 2).getLast().type()).isEqualTo("room.deleted");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "add,          200, 200, 403, 404",
        "rename,       200, 200, 403, 404",
        "promote,      200, 403, 403, 404",
        "removeMember, 204, 204, 204, 404",
        "removeAdmin,  204, 204, 403, 404",
        "removeOwner,  204, 403, 403, 404",
        "delete,       204, 403, 403, 404",
    })
    void asksForTheRole(String operation, int byOwner, int byAdmin, int byMember, int byStranger) {
        var statuses = new ArrayList<Integer>();
        for (var actor : List.of(owner, admin, member, other)) {
            room = group(owner, admin, member);
            setRole(owner, admin, "admin");
            statuses.add(perform(operation, actor).statusCode());
        }

        assertThat(statuses).containsExactly(byOwner, byAdmin, byMember, byStranger);
    }

    private Response perform(String operation, UserRef actor) {
        return switch (operation) {
            case "add" -> add(actor, auth.register("late"));
            case "rename" -> rename(actor, "Another name");
            case "promote" -> setRole(actor, member, "admin");
            case "removeMember" -> remove(actor, member);
            case "removeAdmin" -> remove(actor, admin);
            case "removeOwner" -> remove(actor, owner);
            case "delete" -> as(actor).delete("/chat/rooms/{id}/", room.toString());
            case String unknown -> throw new IllegalArgumentException(unknown);
        };
    }

    @Test
    void fixesAPrivateRoom() {
        room = RoomId.fromString(createPrivate(owner, other).path("id"));

        for (var answer : List.of(
                add(owner, member),
                rename(owner, "x"),
                setRole(owner, other, "admin"),
                remove(owner, other),
                remove(owner, owner),
                as(owner).delete("/chat/rooms/{id}/", room.toString()))) {
            answer.then().statusCode(409).body("code", equalTo("private_room_fixed"));
        }
        events(owner).then().body("last_seq", equalTo(0));
    }

    @Test
    void namesWhatIsWrong() {
        var stranger = UserRef.present(UserId.random(), "nobody", "nobody");

        add(owner, member, stranger).then().statusCode(400).body("errors.field", contains("user_ids[1]"));
        add(owner).then().statusCode(400).body("errors.field", contains("user_ids"));
        setRole(owner, member, "king").then().statusCode(400).body("errors.field", contains("role"));
        setRole(owner, owner, "member").then().statusCode(400).body("errors.field", contains("role"));
        setRole(owner, other, "admin").then().statusCode(404).body("code", equalTo("participant_not_found"));
        as(owner)
                .delete("/chat/rooms/{id}/participants/nonsense/", room.toString())
                .then()
                .statusCode(404)
                .body("code", equalTo("participant_not_found"));
    }

    @Test
    void keepsTheLogDenseWhileMessagesAndParticipantsComeAtOnce() throws Exception {
        var tasks = new ArrayList<Callable<Response>>();
        IntStream.range(0, 20).forEach(i -> {
            tasks.add(() -> send(owner, room, "message " + i));
            tasks.add(() -> add(owner, auth.register("late")));
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(tasks)) {
                assertThat(future.get().statusCode()).isIn(200, 201);
            }
        }

        var log = new Sql(postgres).numbers("SELECT seq FROM events WHERE room_id = '" + room + "' ORDER BY seq");

        assertThat(log).isEqualTo(LongStream.rangeClosed(1, 41).boxed().toList());
        as(owner).get("/chat/rooms/{id}/", room.toString()).then().body("participant_count", equalTo(23));
    }

    private Response add(UserRef actor, UserRef... users) {
        return as(actor).body(Map.of("user_ids", ids(users))).post("/chat/rooms/{id}/participants/", room.toString());
    }

    private Response setRole(UserRef actor, UserRef target, String role) {
        return as(actor)
                .body(Map.of("role", role))
                .patch(
                        "/chat/rooms/{id}/participants/{user}/",
                        room.toString(),
                        target.id().toString());
    }

    private Response remove(UserRef actor, UserRef target) {
        return as(actor)
                .delete(
                        "/chat/rooms/{id}/participants/{user}/",
                        room.toString(),
                        target.id().toString());
    }

    private Response rename(UserRef actor, String name) {
        return as(actor).body(Map.of("name", name)).patch("/chat/rooms/{id}/", room.toString());
    }

    private Response history(UserRef reader) {
        return as(reader).get("/chat/rooms/{id}/messages/", room.toString());
    }

    private Response events(UserRef reader) {
        return as(reader).get("/chat/rooms/{id}/events/", room.toString());
    }

    private static List<String> types(Response log) {
        return log.jsonPath().getList("items.type");
    }
}
