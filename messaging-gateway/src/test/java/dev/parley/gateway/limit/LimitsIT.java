package dev.parley.gateway.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LimitsIT.Strict.class)
@QuarkusTestResource(Scene.class)
class LimitsIT {

    /// Numbers that a test can exceed.
    public static final class Strict implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.gateway.limit.sockets-per-user", "3",
                    "parley.gateway.limit.upgrades-per-address", "20/1h",
                    "parley.gateway.limit.messages-per-user", "5/10s",
                    "parley.gateway.limit.messages-per-address", "8/1h",
                    "parley.gateway.limit.frames-per-socket", "20/1h",
                    "parley.gateway.limit.refusals-per-minute", "10");
        }
    }

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);
    private final List<ChatClient> clients = new ArrayList<>();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    MeterRegistry meters;

    @AfterEach
    void close() {
        clients.forEach(ChatClient::close);
    }

    @Test
    void refusesAnotherSocketOfOneUserUntilOneCloses() throws IOException {
        open(alice, "192.0.2.1");
        open(alice, "192.0.2.2");
        var third = open(alice, "192.0.2.3");

        refused(alice, "192.0.2.4").header("Retry-After", equalTo("30"));

        open(bob, "192.0.2.4");
        third.close();
        await().untilAsserted(() -> open(alice, "192.0.2.5"));
        assertThat(meters.counter("parley.limit.refused", "limit", "sockets_per_user")
                        .count())
                .isPositive();
    }

    @Test
    void refusesUpgradesOfOneAddressWhoeverItSaysItIs() throws IOException {
        for (int i = 0; i < 20; i++) {
            given().header("X-Forwarded-For", i + ".0.0.1, 198.51.100.7")
                    .get("/ws/chat/" + room + "/")
                    .then()
                    .statusCode(401);
        }

        refused(alice, "198.51.100.7").header("Retry-After", notNullValue());

        open(alice, "198.51.100.8");
    }

    @Test
    void refusesAMessageOverTheUsersRateAndTakesTheNextInItsTime() throws IOException {
        var phone = open(alice, "203.0.113.1");
        var laptop = open(alice, "203.0.113.2");
        for (int i = 1; i <= 5; i++) {
            (i % 2 == 0 ? phone : laptop).message("f-" + i, "c-" + i, "m-" + i);
        }
        phone.await("ack", 2);
        laptop.await("ack", 3);

        phone.message("f-6", "c-6", "one too many");

        var error = phone.await("error", 1);
        assertThat(error.getString("id")).isEqualTo("f-6");
        assertThat(error.getString("code")).isEqualTo("rate_limited");
        assertThat(error.getBoolean("retryable")).isTrue();
        assertThat(error.getLong("retry_after_ms")).isBetween(1L, 2_000L);
        assertThat(roomService.logSize(room)).isEqualTo(5);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    phone.message("f-6", "c-6", "in its time");
                    return phone.frames("ack").size() > 2;
                });
        assertThat(phone.frames("ack").get(2).getLong("seq")).isEqualTo(6);
    }

    @Test
    void refusesAMessageOverTheAddressesRate() throws IOException {
        var first = open(alice, "203.0.113.9");
        var second = open(bob, "203.0.113.9");
        for (int i = 0; i < 4; i++) {
            first.message("f-" + i, "c-" + i, "m");
            second.message("f-" + i, "c-" + i, "m");
        }
        first.await("ack", 4);
        second.await("ack", 4);

        second.message("f-9", "c-9", "one too many for both");

        assertThat(second.await("error", 1).getString("code")).isEqualTo("rate_limited");
    }

    /// The address has eight messages an hour, the user five in ten seconds.
    @Test
    void takesNothingFromTheUserForWhatTheAddressIsRefused() throws IOException {
        var crowd = open(bob, "203.0.113.10");
        var crowded = open(alice, "203.0.113.10");
        var elsewhere = open(alice, "203.0.113.11");
        for (int i = 0; i < 4; i++) {
            crowd.message("f-" + i, "c-" + i, "m");
            crowded.message("f-" + i, "c-" + i, "m");
        }
        crowded.await("ack", 4);
        crowd.await("ack", 4);

        for (int i = 0; i < 5; i++) {
            crowded.message("r-" + i, "r-" + i, "refused");
        }
        crowded.await("error", 5);
        elsewhere.message("f-5", "c-5", "the fifth");

        assertThat(elsewhere.await("ack", 1).getLong("seq")).isEqualTo(9);
        assertThat(elsewhere.frames("error")).isEmpty();
    }

    @Test
    void closesASocketThatGoesOn() throws IOException {
        var client = open(alice, "203.0.113.20");
        for (int i = 0; i < 20; i++) {
            client.send(new JsonObject().put("type", "ping").put("id", "p-" + i).encode());
        }
        client.await("pong", 20);

        for (int i = 0; i < 11; i++) {
            client.send("{\"type\":\"ping\",\"id\":\"more\"}");
        }

        client.awaitClose(4529);
        assertThat(client.frames("error"))
                .allSatisfy(error -> assertThat(error.getString("code")).isEqualTo("rate_limited"));
    }

    @Test
    void closesASocketThatGoesOnWithInvalidFrames() throws IOException {
        var client = open(alice, "203.0.113.21");
        var invalid = "{\"type\":\"read\",\"id\":\"r\",\"seq\":-1}";

        for (int i = 0; i < 31; i++) {
            client.send(invalid);
        }

        client.awaitClose(4529);
        assertThat(client.frames("error").subList(0, 20))
                .allSatisfy(error -> assertThat(error.getString("code")).isEqualTo("validation_failed"));
        assertThat(client.frames("error").subList(20, 30))
                .allSatisfy(error -> assertThat(error.getString("code")).isEqualTo("rate_limited"));
    }

    private ChatClient open(UserId user, String address) throws IOException {
        var client = ChatClient.open(
                port, "/ws/chat/" + room + "/?token=" + Scene.token(user), Map.of("X-Forwarded-For", address));
        client.await("hello", 1);
        clients.add(client);
        return client;
    }

    private ValidatableResponse refused(UserId user, String address) {
        return given().header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .header("X-Forwarded-For", address)
                .queryParam("token", Scene.token(user))
                .get("/ws/chat/" + room + "/")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("rate_limited"));
    }
}
