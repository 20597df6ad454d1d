package dev.parley.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.Scene;
import dev.parley.kit.account.EndedSessions;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.AuthEvent;
import dev.parley.model.stream.StreamKeys;
import dev.parley.model.token.SocketTicket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// A session that has ended opens no socket, and its open ones are closed. Of an account that has ended no name is
/// left.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class EndedSessionsIT {

    private static final Duration PROMISE = Duration.ofSeconds(2);
    private static final Duration PROMISE_WITHOUT_STREAM = Duration.ofSeconds(30);

    private final UserId alice = UserId.random();
    private final RoomId room = Scene.roomService().room(alice);
    private final SessionId session = SessionId.random();

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "quarkus.management.test-port")
    int managementPort;

    @Inject
    EndedSessions endedSessions;

    @Inject
    Redis redis;

    @Inject
    RedisAPI commands;

    @Test
    void closesEverySocketOfTheSessionAndNoOther() throws IOException {
        var one = open(session);
        var two = open(session);
        var other = open(SessionId.random());

        var revokedAt = System.nanoTime();
        relay(Scene.authService().revoke(session));

        one.awaitClose(4401);
        two.awaitClose(4401);
        assertThat(Duration.ofNanos(System.nanoTime() - revokedAt)).isLessThan(PROMISE);
        other.send("{\"type\":\"ping\"}");
        other.await("pong", 1);
        other.close();
    }

    @Test
    void closesItsSocketsWhenTheStreamNeverTells() throws IOException {
        var client = open(session);

        var revokedAt = System.nanoTime();
        Scene.authService().revoke(session);

        client.awaitClose(4401);
        assertThat(Duration.ofNanos(System.nanoTime() - revokedAt)).isLessThan(PROMISE_WITHOUT_STREAM);
    }

    @Test
    void refusesItsTokensAndTickets() {
        var ticket = SocketTicket.PREFIX + "of-an-ended-session";
        var bearer = new SocketTicket(
                alice, session, "alice", Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS));
        commands.set(List.of(SocketTicket.key(ticket), bearer.toText()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        relay(Scene.authService().revoke(session));
        await().atMost(PROMISE).until(() -> endedSessions.contains(session));

        upgrade(Scene.token(alice, session)).statusCode(401).body("code", equalTo("unauthenticated"));
        upgrade(ticket).statusCode(401).body("code", equalTo("unauthenticated"));
        upgrade(Scene.token(alice)).statusCode(400);
    }

    @Test
    void readsThePastFromTheLogOnceAnAccountIsErased() throws IOException {
        var erased = Scene.authService().register("erased-" + room);
        var live = open(session);
        Scene.roomService().say(room, alice, "in the ring");
        live.await("message.created", 1);
        var before = logReadsOfAResume();

        relay(Scene.authService().erase(erased));

        assertThat(before).isZero();
        await().atMost(PROMISE).until(() -> logReadsOfAResume() > 0);
        Scene.roomService().say(room, alice, "by a room service that did not know yet");
        live.await("message.created", 2);
        assertThat(logReadsOfAResume(1)).isZero();
        await().atMost(Duration.ofSeconds(10)).until(() -> logReadsOfAResume(1) > 0);
        live.close();
    }

    private int logReadsOfAResume() throws IOException {
        return logReadsOfAResume(0);
    }

    private int logReadsOfAResume(long afterSeq) throws IOException {
        var before = Scene.roomService().logReads();
        var client = ChatClient.open(
                port,
                "/ws/chat/" + room + "/?after_seq=" + afterSeq + "&token=" + Scene.token(alice, SessionId.random()));
        client.await("resumed", 1);
        client.close();
        return Scene.roomService().logReads() - before;
    }

    @Test
    void isReadySinceItKnows() {
        given().port(managementPort)
                .get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'ended-sessions' }.status", equalTo("UP"));
    }

    private ChatClient open(SessionId of) throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice, of));
        client.await("hello", 1);
        return client;
    }

    /// A good token is told that this is no upgrade.
    private ValidatableResponse upgrade(String token) {
        return given().queryParam("token", token).get("/ws/chat/" + room + "/").then();
    }

    private void relay(AuthEvent event) {
        var request = Request.cmd(Command.XADD).arg(StreamKeys.AUTH_EVENTS).arg(event.n() + "-0");
        event.toFields().forEach((name, value) -> request.arg(name).arg(value));
        redis.send(request).toCompletionStage().toCompletableFuture().join();
    }
}
