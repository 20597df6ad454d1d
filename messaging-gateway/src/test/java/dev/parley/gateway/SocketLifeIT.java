package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.token.AccessTokenNames;
import dev.parley.model.token.SocketTicket;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Scene.class)
class SocketLifeIT {

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    MeterRegistry meters;

    @Test
    void answersAPing() throws IOException {
        var client = open(Scene.token(alice));

        client.send("{\"type\":\"ping\",\"id\":\"p\"}");

        assertThat(client.await("pong", 1).getString("id")).isEqualTo("p");
        client.close();
    }

    @Test
    void livesOnAfterAMalformedFrameButNotAfterMany() throws IOException {
        var client = open(Scene.token(alice));
        client.send("{");
        assertThat(client.await("error", 1).getString("code")).isEqualTo("malformed");

        for (int i = 0; i < 10; i++) {
            client.send("[]");
        }

        client.awaitClose(4400);
    }

    @Test
    void bearsInvalidMembersForEver() throws IOException {
        var client = open(Scene.token(alice));

        for (int i = 0; i < 30; i++) {
            client.send(
                    "{\"type\":\"message.send\",\"id\":\"" + i + "\",\"client_message_id\":\"c\",\"content\":\"\"}");
        }

        assertThat(client.await("error", 30).getString("code")).isEqualTo("validation_failed");
        client.send("{\"type\":\"ping\"}");
        client.await("pong", 1);
        client.close();
    }

    @Test
    void closesOnBinary() throws IOException {
        var client = open(Scene.token(alice));

        client.sendBinary(new byte[] {1});

        client.awaitClose(1003);
    }

    @Test
    void closesOnAFrameOver64KiB() throws IOException {
        var fits = open(Scene.token(alice));
        fits.send("{\"type\":\"ping\",\"x\":\"" + "é".repeat(32_000) + "\"}");
        fits.await("pong", 1);

        fits.send("{\"type\":\"ping\",\"x\":\"" + "é".repeat(33_000) + "\"}");

        fits.awaitClose(1009);
    }

    /// A single frame of type text, masked with zeros, whose two bytes are not UTF-8.
    @Test
    void closesOnTextThatIsNotUtf8() throws IOException {
        try (var raw = new Socket(InetAddress.getLoopbackAddress(), port)) {
            raw.setSoTimeout(10_000);
            raw.getOutputStream().write(handshake().getBytes(StandardCharsets.US_ASCII));
            awaitHello(raw);
            raw.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xC3, 0x28});

            var answer = raw.getInputStream().readAllBytes();

            assertThat(answer).containsSequence((byte) (1007 >> 8), (byte) 1007);
        }
    }

    @Test
    void warnsOfTheTokensEndAndClosesThen() throws IOException {
        var expiresAt = Instant.now().plusSeconds(3);
        var client = open(Scene.token(alice, expiresAt));

        assertThat(client.await("auth.expiring", 1)
                        .getInstant("token_expires_at")
                        .getEpochSecond())
                .isEqualTo(expiresAt.getEpochSecond());
        client.awaitClose(4401);
    }

    @Test
    void livesAsLongAsTheTokenItWasGivenLast() throws IOException {
        var session = SessionId.random();
        var client = open(tokenOf(alice, session, 3));
        client.await("auth.expiring", 1);
        var later = tokenOf(alice, session, 900);

        client.send(refresh("a", later));

        var ack = client.await("ack", 1);
        assertThat(ack.getString("id")).isEqualTo("a");
        assertThat(ack.getInstant("token_expires_at")).isAfter(Instant.now().plusSeconds(800));
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(6)).until(() -> {
            client.send("{\"type\":\"ping\"}");
            return client.closeCode() == 0;
        });
        client.close();
    }

    @Test
    void endsWithItsOldTokenWhenTheNewOneIsWrong() throws IOException {
        var session = SessionId.random();
        var client = open(tokenOf(alice, session, 3));
        var wrong = List.of(
                "nonsense",
                SocketTicket.PREFIX + "ticket",
                tokenOf(alice, session, -60),
                tokenOf(alice, SessionId.random(), 900),
                tokenOf(bob, session, 900));

        for (int i = 0; i < wrong.size(); i++) {
            client.send(refresh("w" + i, wrong.get(i)));
            client.await("error", i + 1);
        }

        assertThat(client.frames("error"))
                .allMatch(error -> error.getString("code").equals("unauthenticated"));
        assertThat(client.frames("error"))
                .extracting(error -> error.getString("id"))
                .containsExactly("w0", "w1", "w2", "w3", "w4");
        client.awaitClose(4401);
    }

    private static String refresh(String id, String token) {
        return "{\"type\":\"auth.refresh\",\"id\":\"" + id + "\",\"token\":\"" + token + "\"}";
    }

    private static String tokenOf(UserId user, SessionId session, int seconds) {
        return Scene.sign(Scene.claims(user, Instant.now().plusSeconds(seconds))
                .claim(AccessTokenNames.SESSION_ID, session.toString()));
    }

    /// The others go on, the slow one is closed, and its bytes are given back.
    @Test
    void closesAReaderThatDoesNotReadAndServesTheOthers() throws IOException {
        var reader = open(Scene.token(bob));
        var before = closedAsSlow();
        try (var deaf = new Socket(InetAddress.getLoopbackAddress(), port)) {
            deaf.setReceiveBufferSize(4_096);
            deaf.getOutputStream().write(handshake().getBytes(StandardCharsets.US_ASCII));
            reader.await("hello", 1);

            for (int i = 0; i < 1_500; i++) {
                roomService.say(room, alice, "x".repeat(7_000));
            }

            reader.await("message.created", 1_500);
            await().atMost(Duration.ofSeconds(20)).until(() -> closedAsSlow() > before);
        }
        reader.close();
    }

    private static void awaitHello(Socket raw) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf("last_seq") < 0) {
            seen.append((char) raw.getInputStream().read());
        }
    }

    private double closedAsSlow() {
        var counter =
                meters.find("parley.socket.ended").tag("cause", "slow_consumer").counter();
        return counter == null ? 0 : counter.count();
    }

    private String handshake() {
        return "GET /ws/chat/" + room + "/?token=" + Scene.token(alice) + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    private ChatClient open(String token) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + token);
        client.await("hello", 1);
        return client;
    }
}
