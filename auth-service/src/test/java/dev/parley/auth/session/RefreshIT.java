package dev.parley.auth.session;

import static dev.parley.auth.AuthApi.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import dev.parley.auth.TestClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class RefreshIT {

    private static final Duration PAST_GRACE = Duration.ofMillis(10_500);

    @AfterEach
    void backToThePresent() {
        TestClock.reset();
    }

    @Test
    void givesNewTokensOfTheSameSession() {
        var first = AuthApi.register();

        var answer = refresh(first.refreshToken());

        answer.then()
                .statusCode(200)
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .body("user.id", equalTo(first.id()));
        var second = Account.of(answer);
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken()).matches("[A-Za-z0-9_-]{43}");
        assertThat(second.sessionId()).isEqualTo(first.sessionId());
    }

    @Test
    void givesFiftyAtTheSameMomentTheSameSuccessor() throws Exception {
        var first = AuthApi.register();
        Callable<Response> attempt = () -> refresh(first.refreshToken());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads
                    .invokeAll(IntStream.range(0, 50).mapToObj(i -> attempt).toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .toList();

            assertThat(answers).extracting(Response::statusCode).containsOnly(200);
            assertThat(answers.stream()
                            .<String>map(answer -> answer.path("refresh_token"))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void endsTheSessionWhenASpentTokenComesLate() {
        var first = AuthApi.register();
        var second = Account.of(refresh(first.refreshToken()));
        TestClock.advance(PAST_GRACE);

        refresh(first.refreshToken()).then().statusCode(401).body("code", equalTo("token_reused"));

        refresh(second.refreshToken()).then().statusCode(401).body("code", equalTo("unauthenticated"));
        second.bearer().get("/auth/me/").then().statusCode(401);
    }

    @Test
    void endsTheSessionWhenTheSuccessorWasUsed() {
        var first = AuthApi.register();
        var second = Account.of(refresh(first.refreshToken()));
        var third = Account.of(refresh(second.refreshToken()));

        refresh(first.refreshToken()).then().statusCode(401).body("code", equalTo("token_reused"));

        refresh(third.refreshToken()).then().statusCode(401);
    }

    @Test
    void leavesOtherSessionsAlone() {
        var first = AuthApi.register();
        var other = Account.of(AuthApi.login(first.username(), AuthApi.PASSWORD));
        var second = Account.of(refresh(first.refreshToken()));
        refresh(second.refreshToken()).then().statusCode(200);

        refresh(first.refreshToken()).then().statusCode(401);

        refresh(other.refreshToken()).then().statusCode(200);
    }

    @Test
    void stopsWhenTheSessionIsIdleForThirtyDays() {
        var used = AuthApi.register();
        var idle = Account.of(AuthApi.login(used.username(), AuthApi.PASSWORD));
        TestClock.advance(Duration.ofDays(29));
        var refreshed = Account.of(refresh(used.refreshToken()));
        TestClock.advance(Duration.ofDays(2));

        refresh(idle.refreshToken()).then().statusCode(401).body("code", equalTo("unauthenticated"));
        refresh(refreshed.refreshToken()).then().statusCode(200);
    }

    @Test
    void stopsAfterOneHundredAndEightyDaysHoweverOftenItIsUsed() {
        var account = AuthApi.register();
        for (int month = 0; month < 6; month++) {
            TestClock.advance(Duration.ofDays(29));
            account = Account.of(refresh(account.refreshToken()));
        }
        TestClock.advance(Duration.ofDays(7));

        refresh(account.refreshToken()).then().statusCode(401).body("code", equalTo("unauthenticated"));
    }

    @Test
    void knowsNoOtherTokens() {
        var account = AuthApi.register();

        for (var token : List.of("x", "A".repeat(43), account.accessToken().substring(0, 500))) {
            refresh(token).then().statusCode(401).body("code", equalTo("unauthenticated"));
        }
        for (var body :
                List.of("{}", "{\"refresh_token\":null}", "{\"refresh_token\":1}", "{\"refresh_token\":\"\"}")) {
            post("/auth/refresh/", body).then().statusCode(400).body("errors[0].field", equalTo("refresh_token"));
        }
    }

    @Test
    void isNoAccessToken() {
        AuthApi.bearer(AuthApi.register().refreshToken())
                .get("/auth/me/")
                .then()
                .statusCode(401);
    }

    private static Response refresh(String token) {
        return post("/auth/refresh/", Map.of("refresh_token", token));
    }
}
