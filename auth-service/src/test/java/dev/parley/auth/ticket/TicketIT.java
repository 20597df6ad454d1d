package dev.parley.auth.ticket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.model.token.SocketTicket;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class TicketIT {

    @Inject
    Redis redis;

    @Test
    void standsForItsBearerForThirtySeconds() {
        var account = AuthApi.register();

        var answer = account.bearer().post("/auth/ws-ticket/");

        answer.then()
                .statusCode(201)
                .body("ticket", matchesPattern("tkt_[A-Za-z0-9_-]{43}"))
                .body("expires_in", equalTo(30));
        var key = SocketTicket.key(answer.path("ticket"));
        assertThat(send(Request.cmd(Command.TTL).arg(key)).toLong()).isBetween(25L, 30L);
        var ticket = SocketTicket.of(send(Request.cmd(Command.GETDEL).arg(key)).toString());
        assertThat(ticket.userId().toString()).isEqualTo(account.id());
        assertThat(ticket.sessionId().toString()).isEqualTo(account.sessionId());
        assertThat(ticket.username()).isEqualTo(account.username());
    }

    @Test
    void isNotGivenToAnEndedSession() {
        var account = AuthApi.register();
        account.bearer().post("/auth/logout/").then().statusCode(204);

        account.bearer().post("/auth/ws-ticket/").then().statusCode(401);
        given().post("/auth/ws-ticket/").then().statusCode(401);
    }

    @Test
    void isNoAccessToken() {
        var account = AuthApi.register();
        var ticket = account.bearer().post("/auth/ws-ticket").<String>path("ticket");

        AuthApi.bearer(ticket).get("/auth/me/").then().statusCode(401);
    }

    private Response send(Request request) {
        return redis.send(request).toCompletionStage().toCompletableFuture().join();
    }
}
