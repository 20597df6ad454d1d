package dev.parley.room.erasure;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.IngestEntry;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.participant.ParticipantChanges;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An erased account leaves all groups; what it wrote stays, without its name.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class ErasureIT {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    @Inject
    ParticipantChanges participants;

    private UserRef anna;
    private UserRef boris;
    private UserRef clara;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        boris = auth.register("boris");
        clara = auth.register("clara");
    }

    @Test
    void leavesItsGroupsAndHandsThemOver() throws SQLException {
        var alone = group(anna);
        var owned = group(anna, boris, clara);
        as(anna).body(Map.of("role", "admin"))
                .patch(
                        "/chat/rooms/{id}/participants/{user}/",
                        owned.toString(),
                        clara.id().toString())
                .then()
                .statusCode(200);
        var joined = group(boris, anna);

        erase(anna);

        types(boris, owned, 3, "participant.removed", "participant.updated")
                .body("items[-1].participant.user.id", equalTo(clara.id().toString()))
                .body("items[-1].participant.role", equalTo("owner"))
                .body("items[-2].user_id", equalTo(anna.id().toString()))
                .body("items[-2].actor_id", equalTo(anna.id().toString()));
        types(boris, joined, 1, "participant.removed");
        assertThat(new Sql(postgres)
                        .numbers("SELECT count(*) FROM rooms WHERE deleted_at IS NOT NULL AND id = '" + alone + "'"))
                .containsExactly(1L);
        assertThat(new Sql(postgres).numbers("SELECT count(*) FROM participants WHERE user_id = '" + anna.id() + "'"))
                .containsExactly(0L);
    }

    @Test
    void leavesItsPrivateRoomForTheOtherToRead() {
        var room = privateRoom(boris, anna);
        send(anna, room, "from anna").then().statusCode(201);
        String message = send(boris, room, "from boris").then().extract().path("id");

        erase(anna);

        forbidden(send(boris, room, "too late").then());
        forbidden(as(boris)
                .body(Map.of("content", "changed"))
                .patch("/chat/rooms/{id}/messages/{message}/", room.toString(), message)
                .then());
        forbidden(as(boris)
                .delete("/chat/rooms/{id}/messages/{message}/", room.toString(), message)
                .then());
        forbidden(as(boris)
                .put("/chat/rooms/{id}/messages/{message}/reactions/👍/", room.toString(), message)
                .then());
        as(boris)
                .get("/chat/rooms/{id}/messages/", room.toString())
                .then()
                .statusCode(200)
                .body("items.content", contains("from anna", "from boris"))
                .body("items[0].sender.id", equalTo(anna.id().toString()))
                .body("items[0].sender.deleted", equalTo(true))
                .body("items[0].sender.username", nullValue());
        as(boris)
                .get("/chat/rooms/{id}/events/?after_seq=0", room.toString())
                .then()
                .body("items[0].message.sender.deleted", equalTo(true))
                .body("items[0].message.sender.display_name", nullValue());
        as(boris)
                .body(Map.of("seq", 2))
                .post("/chat/rooms/{id}/read/", room.toString())
                .then()
                .statusCode(200);
    }

    @Test
    void refusesASendOfASocketToItsPrivateRoom() {
        var room = privateRoom(boris, anna);
        erase(anna);

        try (var streams = new StreamProbe(redis)) {
            var gateway = "gateway-" + room;
            streams.put(new IngestEntry(
                    room, boris.id(), new Origin(gateway, "c"), List.of(new SendCommand(1, "m-1", "too late", null))));

            var outcome = streams.replies(gateway, 1).getFirst().outcome();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            SendOutcome.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(ProblemCode.FORBIDDEN));
        }
    }

    @Test
    void leavesAGroupThatItWasAddedToAtTheLastMoment() throws SQLException {
        var room = group(boris);
        auth.erase(anna);
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(notes()).containsExactly(1L));

        new Sql(postgres)
                .transaction(
                        "INSERT INTO participants VALUES ('" + room + "', '" + anna.id() + "', 'member', now(), 0)",
                        "UPDATE rooms SET participant_count = participant_count + 1 WHERE id = '" + room + "'");

        types(boris, room, 1, "participant.removed");
    }

    @Test
    void leavesOnceThoughReplicasDoItTogether() throws Exception {
        var room = group(anna, boris);

        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            var left = new ArrayList<Future<?>>();
            for (int replica = 0; replica < 8; replica++) {
                left.add(replicas.submit(() -> participants.leave(room, anna.id())));
            }
            for (var each : left) {
                each.get();
            }
        }

        types(boris, room, 2, "participant.removed", "participant.updated");
        as(boris).get("/chat/rooms/{id}/", room.toString()).then().body("participant_count", equalTo(1));
    }

    private List<Long> notes() throws SQLException {
        return new Sql(postgres).numbers("SELECT count(*) FROM erasures WHERE user_id = '" + anna.id() + "'");
    }

    /// Erases an account, and waits until nothing is left to do.
    private void erase(UserRef user) {
        auth.erase(user);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(new Sql(postgres)
                                .numbers("SELECT count(*) FROM users u WHERE id = '" + user.id() + "' AND deleted "
                                        + "AND NOT EXISTS (SELECT FROM erasures e WHERE e.user_id = u.id)"))
                        .containsExactly(1L));
    }

    private static RoomId privateRoom(UserRef one, UserRef other) {
        return RoomId.fromString(
                createPrivate(one, other).then().statusCode(201).extract().path("id"));
    }

    private static void forbidden(ValidatableResponse answer) {
        answer.statusCode(403).body("code", equalTo("forbidden"));
    }

    /// Waits for the last events of a log.
    private static ValidatableResponse types(UserRef reader, RoomId room, int last, String... types) {
        await().atMost(DEADLINE)
                .untilAsserted(() -> as(reader)
                        .get("/chat/rooms/{id}/events/?after_seq=0", room.toString())
                        .then()
                        .statusCode(200)
                        .body("last_seq", equalTo(last)));
        return as(reader)
                .get("/chat/rooms/{id}/events/?after_seq={after}", room.toString(), last - types.length)
                .then()
                .body("items.type", contains(types));
    }
}
