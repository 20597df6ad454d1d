package dev.parley.room.participant;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.createPrivate;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.ids;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.stream.Signal;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class MembershipSignalsIT {

    @Inject
    ObjectMapper json;

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    private UserRef owner;
    private UserRef member;
    private StreamProbe streams;

    @BeforeEach
    void setUp() {
        owner = auth.register("owner");
        member = auth.register("member");
        streams = new StreamProbe(redis);
    }

    @AfterEach
    void tearDown() {
        streams.close();
    }

    @Test
    void tellsAllThatARoomWasMade() throws JsonProcessingException {
        var room = group(owner, member);
        createPrivate(owner, member).then().statusCode(201);
        createPrivate(owner, member).then().statusCode(200);

        for (var user : List.of(owner, member)) {
            var told = streams.signalsTo(user.id(), 2);
            assertThat(told)
                    .hasSize(2)
                    .allMatch(signal -> signal.audience() instanceof Signal.Audience.OfUser(var id, var about)
                            && id.equals(user.id())
                            && signal.equals(new Signal(signal.audience(), "room.added", null, signal.body()))
                            && signal.body().contains("{\"id\":\"" + about + "\""));
            var body = json.readTree(told.getFirst().body());
            assertThat(body.fieldNames()).toIterable().containsExactly("type", "room");
            assertThat(body.get("room").fieldNames())
                    .toIterable()
                    .containsExactly("id", "room_type", "name", "created_at", "participant_count");
            assertThat(body.at("/room/id").asText()).isEqualTo(room.toString());
            assertThat(body.at("/room/participant_count").asInt()).isEqualTo(2);
            assertThat(json.readTree(told.getLast().body())
                            .at("/room/room_type")
                            .asText())
                    .isEqualTo("private");
        }
    }

    @Test
    void tellsWhoCameAndWhoWent() {
        var room = group(owner, member);
        var guest = auth.register("guest");

        add(room, guest, member);
        remove(owner, room, guest);
        remove(member, room, member);

        assertThat(streams.signalsTo(guest.id(), 2))
                .extracting(Signal::type)
                .containsExactly("room.added", "room.removed");
        assertThat(streams.signalsTo(guest.id(), 2).getFirst().body()).contains("\"participant_count\":3");
        assertThat(streams.signalsTo(member.id(), 2))
                .extracting(Signal::body)
                .last()
                .isEqualTo("{\"type\":\"room.removed\",\"room_id\":\"" + room + "\"}");
        assertThat(streams.signalsTo(member.id(), 2)).hasSize(2);
    }

    @Test
    void tellsAllOfALargeRoomThatItIsGone() throws SQLException {
        var room = group(owner, member);
        new Sql(postgres)
                .transaction("INSERT INTO participants (room_id, user_id, role, joined_at) "
                        + "SELECT '" + room + "', ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, "
                        + "'member', now() FROM generate_series(1, 1200) n");

        as(owner).delete("/chat/rooms/{room}/", room.toString()).then().statusCode(204);

        for (var user : List.of(
                owner.id(),
                member.id(),
                new UserId(UUID.fromString("ffffffff-0000-7000-8000-000000000001")),
                new UserId(UUID.fromString("ffffffff-0000-7000-8000-000000001200")))) {
            var own = user.equals(owner.id()) || user.equals(member.id());
            assertThat(streams.signalsTo(user, own ? 2 : 1))
                    .last()
                    .isEqualTo(new Signal(
                            new Signal.Audience.OfUser(user, room),
                            "room.removed",
                            null,
                            "{\"type\":\"room.removed\",\"room_id\":\"" + room + "\"}"));
        }
    }

    @Test
    void healsLostSignalsFromTheHeads() throws JsonProcessingException {
        var since = heads(null).watermark();
        var guest = auth.register("guest");
        var room = group(owner, member);
        add(room, guest);
        remove(owner, room, member);
        var gone = group(owner, member);
        as(owner).delete("/chat/rooms/{room}/", gone.toString()).then().statusCode(204);

        var memberships = memberships(since, all -> all.size() == 2, gone);
        assertThat(memberships).allMatch(change -> change.room() == null && change.seq() == 1);
        assertThat(memberships)
                .extracting(Heads.MembershipChange::userId)
                .containsExactlyInAnyOrder(owner.id(), member.id());
        var changes = memberships(since, all -> all.size() == 3, room);
        assertThat(changes)
                .extracting(
                        Heads.MembershipChange::userId, Heads.MembershipChange::seq, change -> change.room() != null)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(owner.id(), 0L, true),
                        org.assertj.core.groups.Tuple.tuple(guest.id(), 1L, true),
                        org.assertj.core.groups.Tuple.tuple(member.id(), 2L, false));
        assertThat(changes)
                .filteredOn(change -> change.userId().equals(guest.id()))
                .allMatch(change -> change.room() != null
                        && change.room().id().equals(room)
                        && change.room().participantCount() == 2);
    }

    @Test
    void tellsAGatewayWhenTooManyMembershipsChangedToBeTold() throws SQLException, JsonProcessingException {
        var since = heads(null).watermark();
        var room = group(owner, member);
        as(owner).delete("/chat/rooms/{room}/", room.toString()).then().statusCode(204);
        new Sql(postgres)
                .transaction("INSERT INTO participants (room_id, user_id, role, joined_at) " + "SELECT '" + room
                        + "', gen_random_uuid(), 'member', now() FROM generate_series(1, 10000) n");

        var deadline = System.nanoTime() + 5_000_000_000L;
        while (heads(since).membershipsComplete()) {
            assertThat(System.nanoTime()).as("the answer is incomplete").isLessThan(deadline);
        }
        var heads = heads(since);
        assertThat(heads.memberships()).isEmpty();
        assertThat(heads.complete()).isTrue();
        assertThat(heads.rooms()).contains(new Heads.Head(room, 1, 1));
        // Not for the other tests of this run.
        new Sql(postgres)
                .transaction(
                        "UPDATE events SET membership_at = 'epoch' WHERE room_id = '" + room + "'",
                        "UPDATE rooms SET made_at = 'epoch' WHERE id = '" + room + "'");
    }

    private List<Heads.MembershipChange> memberships(
            String since, Predicate<List<Heads.MembershipChange>> enough, RoomId room) throws JsonProcessingException {
        var deadline = System.nanoTime() + 5_000_000_000L;
        List<Heads.MembershipChange> found;
        do {
            // The answer is shared by all gateways for a quarter of a second.
            assertThat(System.nanoTime()).as("memberships are told").isLessThan(deadline);
            found = heads(since).memberships().stream()
                    .filter(change -> change.roomId().equals(room))
                    .toList();
        } while (!enough.test(found));
        return found;
    }

    private Heads heads(String since) throws JsonProcessingException {
        var request = Management.asGateway();
        if (since != null) {
            request.queryParam("since", since);
        }
        return json.readValue(
                request.get(InternalPaths.HEADS)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString(),
                Heads.class);
    }

    private void add(RoomId room, UserRef... users) {
        as(owner)
                .body(Map.of("user_ids", ids(users)))
                .post("/chat/rooms/{room}/participants/", room.toString())
                .then()
                .statusCode(200);
    }

    private static void remove(UserRef actor, RoomId room, UserRef user) {
        as(actor)
                .delete(
                        "/chat/rooms/{room}/participants/{user}/",
                        room.toString(),
                        user.id().toString())
                .then()
                .statusCode(204);
    }
}
