package dev.parley.room.read;

import static dev.parley.room.testing.Chat.as;
import static dev.parley.room.testing.Chat.group;
import static dev.parley.room.testing.Chat.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.Signal;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Management;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class ReadSignalsIT {

    @Inject
    ObjectMapper json;

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    private UserRef anna;
    private UserRef bert;
    private RoomId room;
    private StreamProbe streams;

    @BeforeEach
    void setUp() {
        anna = auth.register("anna");
        bert = auth.register("bert");
        room = group(anna, bert);
        for (int i = 0; i < 9; i++) {
            send(anna, room, "message");
        }
        streams = new StreamProbe(redis);
    }

    @AfterEach
    void tearDown() {
        streams.close();
    }

    @Test
    void tellsTheRoomAtOnceAndTheNewestAtTheEndOfTheSecond() {
        read(bert, 1).body("last_read_seq", equalTo(1)).body("unread_count", equalTo(8));
        for (int seq = 2; seq <= 5; seq++) {
            read(bert, seq);
        }
        read(anna, 9);

        var told = streams.signalsTo(room, 3);

        assertThat(told).extracting(Signal::type).containsOnly("read.updated");
        assertThat(told.getFirst())
                .isEqualTo(new Signal(
                        new Signal.Audience.OfRoom(room, bert.id()), "read.updated", null, frame(bert, 1, "")));
        assertThat(told)
                .filteredOn(signal -> signal.audience().equals(new Signal.Audience.OfRoom(room, bert.id())))
                .extracting(Signal::body)
                .containsExactly(frame(bert, 1, ""), frame(bert, 5, ""));
        assertThat(told.stream().map(Signal::body)).contains(frame(anna, 9, ""));
    }

    @Test
    void tellsTheReadersOtherConnectionsEachTime() throws JsonProcessingException {
        var origin = new Origin("gateway-1", "connection-1");
        read(bert, 2);
        Management.asGateway()
                .body(json.writeValueAsString(new ReadCommand(room, bert.id(), 4, origin)))
                .post(InternalPaths.READ)
                .then()
                .statusCode(200);

        // room.added, and the two
        var told = streams.signalsTo(bert.id(), 3).subList(1, 3);

        var audience = new Signal.Audience.OfUser(bert.id(), room);
        assertThat(told)
                .containsExactly(
                        new Signal(audience, "read.updated", null, frame(bert, 2, ",\"unread_count\":7")),
                        new Signal(audience, "read.updated", origin, frame(bert, 4, ",\"unread_count\":5")));
    }

    @Test
    void tellsNothingWhenTheCursorStays() {
        read(bert, 4);
        read(bert, 4).body("last_read_seq", equalTo(4));
        read(bert, 3).body("last_read_seq", equalTo(4));
        read(bert, 90).body("last_read_seq", equalTo(9)).body("unread_count", equalTo(0));
        read(bert, 91);
        read(anna, 1);

        assertThat(streams.signalsTo(bert.id(), 3))
                .extracting(Signal::body)
                .endsWith(frame(bert, 4, ",\"unread_count\":5"), frame(bert, 9, ",\"unread_count\":0"));
        assertThat(streams.signalsTo(room, 3))
                .extracting(Signal::body)
                .containsExactlyInAnyOrder(frame(bert, 4, ""), frame(bert, 9, ""), frame(anna, 1, ""));
    }

    @Test
    void tellsNobodyElseInARoomOfMoreThanAHundred() throws SQLException {
        new Sql(postgres).transaction("UPDATE rooms SET participant_count = 101 WHERE id = '" + room + "'");
        read(bert, 2);
        new Sql(postgres).transaction("UPDATE rooms SET participant_count = 2 WHERE id = '" + room + "'");
        read(anna, 3);

        assertThat(streams.signalsTo(room, 1)).extracting(Signal::body).containsExactly(frame(anna, 3, ""));
        assertThat(streams.signalsTo(bert.id(), 2))
                .extracting(Signal::type)
                .containsExactly("room.added", "read.updated");
    }

    private ValidatableResponse read(UserRef user, long seq) {
        return as(user).body(Map.of("seq", seq))
                .post("/chat/rooms/{room}/read/", room.toString())
                .then()
                .statusCode(200);
    }

    private String frame(UserRef user, long seq, String more) {
        return "{\"type\":\"read.updated\",\"room_id\":\"" + room + "\",\"user_id\":\"" + user.id()
                + "\",\"last_read_seq\":" + seq + more + "}";
    }
}
