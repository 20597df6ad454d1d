package dev.parley.auth.throttle;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.login;
import static dev.parley.auth.AuthApi.newUsername;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class ThrottleIT {

    private static final int ATTEMPTS = 10;

    @Inject
    Redis redis;

    @Test
    void refusesTheEleventhAttemptAtAnAccount() {
        var account = AuthApi.register();
        for (int i = 0; i < ATTEMPTS; i++) {
            login(account.username(), "wrong password " + i).then().statusCode(401);
        }

        var refused = login(account.username().toUpperCase(Locale.ROOT), PASSWORD);

        refused.then().statusCode(429).contentType("application/problem+json").body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
    }

    @Test
    void countsAnUnknownNameAsAKnownOne() {
        var unknown = newUsername();

        var statuses = IntStream.rangeClosed(0, ATTEMPTS)
                .map(i -> login(unknown, PASSWORD).statusCode())
                .toArray();

        assertThat(statuses).endsWith(429).contains(401);
        assertThat(IntStream.of(statuses).filter(status -> status == 401)).hasSize(ATTEMPTS);
    }

    @Test
    void refusesTheEleventhChangeOfAProfile() {
        var account = AuthApi.register();
        var other = AuthApi.register();

        // One comes back each six seconds.
        var statuses = IntStream.range(0, 2 * ATTEMPTS)
                .map(i -> rename(account, "Name " + i).statusCode())
                .toArray();
        var refused = rename(account, "Late");

        assertThat(statuses)
                .startsWith(200, 200, 200, 200, 200, 200, 200, 200, 200, 200)
                .contains(429);
        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 6);
        rename(other, "Free").then().statusCode(200).body("display_name", equalTo("Free"));
    }

    private static Response rename(AuthApi.Account account, String name) {
        return account.bearer()
                .contentType("application/json")
                .body(Map.of("display_name", name))
                .patch("/auth/me/");
    }

    @Test
    void leavesOthersAlone() {
        var victim = AuthApi.register();
        var other = AuthApi.register();
        for (int i = 0; i <= ATTEMPTS; i++) {
            login(victim.username(), "wrong password");
        }

        login(other.username(), PASSWORD).then().statusCode(200);
        victim.bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void keepsNoNamesInRedis() {
        var account = AuthApi.register();
        login(account.username(), PASSWORD).then().statusCode(200);

        var keys = redis.send(Request.cmd(Command.KEYS).arg("throttle:*"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(keys.toString()).contains("throttle:password:").doesNotContain(account.username());
    }

    @Test
    void limitsAPasswordThatIsAskedForAgainLikeALogin() {
        var account = AuthApi.register();
        for (int i = 0; i < ATTEMPTS; i++) {
            changePassword(account, "wrong password")
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("current_password"));
        }

        changePassword(account, PASSWORD).then().statusCode(429);
        login(account.username(), PASSWORD).then().statusCode(429);
    }

    private static Response changePassword(AuthApi.Account account, String current) {
        return account.bearer()
                .contentType("application/json")
                .body("{\"current_password\":\"" + current + "\",\"new_password\":\"another good password\"}")
                .post("/auth/change-password/");
    }
}
