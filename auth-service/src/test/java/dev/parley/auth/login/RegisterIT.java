package dev.parley.auth.login;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.post;
import static dev.parley.auth.AuthApi.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class RegisterIT {

    private static final String UUID_V7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    @Test
    void answersWithTokensAndTheUser() {
        var username = newUsername();

        var answer = post("/auth/register/", registration(username.toUpperCase(Locale.ROOT)));

        answer.then()
                .statusCode(201)
                .header("Location", "/auth/users/" + answer.path("user.id") + "/")
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .body("refresh_token", matchesPattern("[A-Za-z0-9_-]{43}"))
                .body("user.id", matchesPattern(UUID_V7))
                .body("user.username", equalTo(username))
                .body("user.display_name", equalTo(username))
                .body("user.deleted", equalTo(false))
                .body("user.email", equalTo(username + "@example.com"))
                .body("user.email_verified", equalTo(false))
                .body("user.created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
                .body("user", not(hasKey("password_hash")));
        assertThat(answer.jsonPath().getMap("$").keySet())
                .containsExactlyInAnyOrder("access_token", "refresh_token", "token_type", "expires_in", "user");
    }

    @Test
    void makesAnAccessTokenOfRfc9068() {
        var account = AuthApi.register();

        var header = part(account.accessToken(), 0);
        var claims = part(account.accessToken(), 1);

        assertThat(header.getMap("$")).containsOnlyKeys("typ", "alg", "kid");
        assertThat(header.getString("typ")).isEqualTo("at+jwt");
        assertThat(header.getString("alg")).isEqualTo("RS256");
        assertThat(claims.getMap("$"))
                .containsOnlyKeys("iss", "aud", "sub", "sid", "jti", "iat", "exp", "client_id", "upn");
        assertThat(claims.getString("iss")).isEqualTo("parley");
        assertThat(claims.getString("aud")).isEqualTo("parley");
        assertThat(claims.getString("sub")).isEqualTo(account.id());
        assertThat(claims.getString("sid")).matches(UUID_V7);
        assertThat(claims.getString("upn")).isEqualTo(account.username());
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(900);
    }

    @Test
    void takesADisplayNameAndADeviceName() {
        var body = registration(newUsername());
        body.put("display_name", "Ada  Lovelace \uD83D\uDC69");
        body.put("device_name", "");
        body.put("some_future_member", 1);

        var answer = post("/auth/register/", body);

        answer.then().statusCode(201).body("user.display_name", equalTo("Ada  Lovelace \uD83D\uDC69"));
    }

    @Test
    void answersWithoutTheTrailingSlashToo() {
        post("/auth/register", registration(newUsername())).then().statusCode(201);
    }

    @Test
    void refusesATakenUsernameInAnyCase() {
        var account = AuthApi.register();

        var answer = post("/auth/register/", registration(account.username().toUpperCase(Locale.ROOT)));

        answer.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("username_taken"))
                .body("type", equalTo("/docs/problems/username_taken"))
                .body("status", equalTo(409))
                .body("instance", equalTo("/auth/register/"))
                .body("trace_id", matchesPattern("[0-9a-f]{32}"));
    }

    @Test
    void givesAUsernameToOneOfManyAtTheSameMoment() throws Exception {
        var body = registration(newUsername());
        Callable<Integer> attempt = () -> post("/auth/register/", body).statusCode();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var statuses = threads
                    .invokeAll(IntStream.range(0, 8).mapToObj(i -> attempt).toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .toList();

            assertThat(statuses).containsOnlyOnce(201);
            assertThat(statuses).containsOnly(201, 409);
        }
    }

    @Test
    void letsTwoAccountsClaimAnUnverifiedAddress() {
        var first = registration(newUsername());
        var second = registration(newUsername());
        second.put("email", first.get("email"));

        post("/auth/register/", first).then().statusCode(201);
        post("/auth/register/", second).then().statusCode(201);
    }

    @Test
    void keepsThePasswordInNfc() {
        var username = newUsername();
        var body = registration(username);
        body.put("password", "pa\u0301ssw\u00f6rd");

        post("/auth/register/", body).then().statusCode(201);

        AuthApi.login(username, "p\u00e1sswo\u0308rd").then().statusCode(200);
        AuthApi.login(username, PASSWORD).then().statusCode(401);
    }

    private static JsonPath part(String token, int index) {
        return new JsonPath(
                new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]), StandardCharsets.UTF_8));
    }
}
