package dev.parley.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.LogLines;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// Looks for tokens in all that the gateway writes about its sockets, with everything turned on that an operator may
/// turn on.
@QuarkusTest
@TestProfile(TokensStayOutOfLogsIT.Talkative.class)
@QuarkusTestResource(Scene.class)
class TokensStayOutOfLogsIT {

    /// Our categories at DEBUG, and the access log; without presence, so that this is tried as well.
    public static final class Talkative implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.log.category.\"dev.parley\".level", "DEBUG",
                    "quarkus.http.access-log.enabled", "true",
                    "parley.gateway.presence.enabled", "false");
        }
    }

    private final UserId alice = UserId.random();
    private final RoomId room = Scene.roomService().room(alice);
    private final String path = "/ws/chat/" + room + "/";

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Test
    void writesNoTokenWhereverItCameFrom() throws IOException {
        var byQuery = Scene.token(alice);
        var byHeader = Scene.token(alice);
        var bySubprotocol = Scene.token(alice);
        var refreshing = Scene.token(alice);
        var ofNobody = Scene.token(UserId.random());
        var broken = Scene.token(alice).replaceFirst("\\.[^.]*$", ".AAAA");
        try (var log = LogLines.from(Level.ALL)) {
            Stream.of(
                            ChatClient.open(port, path + "?token=" + byQuery),
                            ChatClient.open(port, path, Map.of("Authorization", "Bearer " + byHeader)),
                            ChatClient.open(port, path, "chat.v1", "bearer." + bySubprotocol))
                    .forEach(client -> {
                        client.await("hello", 1);
                        client.message("f", "c", "hello");
                        client.await("ack", 1);
                        client.send(new JsonObject()
                                .put("type", "auth.refresh")
                                .put("id", "a")
                                .put("token", refreshing)
                                .encode());
                        client.await("error", 1);
                        client.send("{\"token\":\"" + refreshing);
                        client.await("error", 2);
                        client.close();
                    });
            for (var token : List.of(ofNobody, broken)) {
                given().header("Connection", "Upgrade")
                        .header("Upgrade", "websocket")
                        .header("Sec-WebSocket-Version", "13")
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                        .queryParam("token", token)
                        .get(path)
                        .then()
                        .statusCode(token.equals(broken) ? 401 : 404);
            }
            given().queryParam("token", broken).get("/nowhere/").then().statusCode(404);

            var metrics = given().port(managementPort).get("/q/metrics").asString();

            assertThat(log.lines()).as("there is an access log").anyMatch(line -> line.contains(path));
            for (var token : List.of(byQuery, byHeader, bySubprotocol, refreshing, ofNobody, broken)) {
                var signed = token.substring(token.indexOf('.') + 1);
                assertThat(log.lines()).noneMatch(line -> line.contains(signed));
                assertThat(metrics).contains("parley_socket_open").doesNotContain(signed);
            }
        }
    }

    @Test
    void saysNothingOfPresenceWhenThatIsOff() throws IOException {
        var client = ChatClient.open(port, path + "?token=" + Scene.token(alice));
        client.await("hello", 1);

        client.message("f", "c", "hello");

        client.await("message.created", 1);
        assertThat(client.raw()).noneMatch(frame -> frame.contains("presence."));
        client.close();
    }
}
