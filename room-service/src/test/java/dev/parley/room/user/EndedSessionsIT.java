package dev.parley.room.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.embedded.RedisServer;
import dev.parley.kit.account.SessionEnded;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.StreamProbe;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The tokens of a session that has ended are refused.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class EndedSessionsIT {

    private static final long PROMISE_SECONDS = 2;
    private static final long PROMISE_WITHOUT_STREAM_SECONDS = 30;

    FakeAuthService auth;
    RedisServer redis;

    @Inject
    Heard heard;

    private final SessionId session = SessionId.random();
    private final String token = TestTokens.of(UserId.random(), session);

    @Test
    void refusesTheTokensOfASessionThatTheStreamNames() throws InterruptedException {
        list(token, 200);

        try (var streams = new StreamProbe(redis)) {
            streams.put(auth.revoke(session));
        }

        assertThat(heard.next(PROMISE_SECONDS)).isEqualTo(session);
        assertRefused(token);
    }

    @Test
    void refusesThemWhenTheStreamNeverTells() throws InterruptedException {
        auth.revoke(session);

        assertThat(heard.next(PROMISE_WITHOUT_STREAM_SECONDS)).isEqualTo(session);
        assertRefused(token);
    }

    private static void assertRefused(String token) {
        given().auth()
                .oauth2(token)
                .get("/chat/rooms/")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("unauthenticated"));
    }

    private static void list(String token, int status) {
        given().auth().oauth2(token).get("/chat/rooms/").then().statusCode(status);
    }

    /// The ends of sessions that this service has heard of.
    @ApplicationScoped
    static class Heard {

        private final LinkedBlockingQueue<SessionId> sessions = new LinkedBlockingQueue<>();

        void add(@Observes SessionEnded ended) {
            sessions.add(ended.sessionId());
        }

        SessionId next(long seconds) throws InterruptedException {
            return sessions.poll(seconds, TimeUnit.SECONDS);
        }
    }
}
