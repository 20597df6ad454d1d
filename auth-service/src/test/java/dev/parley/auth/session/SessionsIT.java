package dev.parley.auth.session;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.login;
import static dev.parley.auth.AuthApi.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Backing.class)
class SessionsIT {

    @Test
    void showsTheOneThatAsks() {
        var account = Account.of(post(
                "/auth/login/",
                Map.of("username", AuthApi.register().username(), "password", PASSWORD, "device_name", "Laptop")));

        var answer = account.bearer().get("/auth/session/");

        answer.then()
                .statusCode(200)
                .body("user.id", equalTo(account.id()))
                .body("user.email", equalTo(account.username() + "@example.com"))
                .body("session.device_name", equalTo("Laptop"))
                .body("session.current", equalTo(true));
        assertThat(answer.jsonPath().getMap("session").keySet())
                .extracting(String::valueOf)
                .containsExactly("id", "device_name", "created_at", "last_used_at", "expires_at", "current");
    }

    @Test
    void listsOnesOwnNewestFirstInPages() {
        var account = AuthApi.register();
        AuthApi.register();
        var newer = Account.of(login(account.username(), PASSWORD));
        var newest = Account.of(login(account.username(), PASSWORD));

        var first = newer.bearer().queryParam("limit", 2).get("/auth/sessions/");
        var second = newer.bearer()
                .queryParam("limit", 2)
                .queryParam("cursor", first.<String>path("next_cursor"))
                .get("/auth/sessions/");

        first.then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items.current", equalTo(List.of(false, true)))
                .body("items[0].id", equalTo(newest.sessionId()));
        second.then().body("items.id", equalTo(List.of(account.sessionId()))).body("next_cursor", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "limit=%2B5", "cursor=x", "cursor=AA", "cursor=%00"})
    void refusesABadPage(String query) {
        AuthApi.register()
                .bearer()
                .get("/auth/sessions/?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(query.substring(0, query.indexOf('='))));
    }

    @Test
    void endsOne() {
        var account = AuthApi.register();
        var other = Account.of(login(account.username(), PASSWORD));

        account.bearer()
                .delete("/auth/sessions/" + other.sessionId() + "/")
                .then()
                .statusCode(204);

        assertEnded(other);
        account.bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void doesNotEndAnothersOrWhatDoesNotExist() {
        var account = AuthApi.register();
        var stranger = AuthApi.register();

        for (var id : List.of(stranger.sessionId(), "019ab1c2-0000-7000-8000-000000000001", "x")) {
            account.bearer()
                    .delete("/auth/sessions/" + id + "/")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("not_found"));
        }
        stranger.bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void endsAllButTheCurrentOne() {
        var account = AuthApi.register();
        var others = new ArrayList<Account>();
        for (int i = 0; i < 3; i++) {
            others.add(Account.of(login(account.username(), PASSWORD)));
        }

        account.bearer()
                .queryParam("keep_current", "true")
                .delete("/auth/sessions/")
                .then()
                .statusCode(204);

        others.forEach(SessionsIT::assertEnded);
        account.bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void endsAll() {
        var account = AuthApi.register();
        var other = Account.of(login(account.username(), PASSWORD));

        account.bearer().delete("/auth/sessions").then().statusCode(204);

        assertEnded(account);
        assertEnded(other);
    }

    @Test
    void refusesAnUnclearKeepCurrent() {
        var account = AuthApi.register();

        account.bearer()
                .queryParam("keep_current", "yes")
                .delete("/auth/sessions/")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("keep_current"));
        account.bearer().get("/auth/me/").then().statusCode(200);
    }

    @Test
    void logsOutByAccessTokenAgainAndAgain() {
        var account = AuthApi.register();

        account.bearer().post("/auth/logout/").then().statusCode(204);
        account.bearer().post("/auth/logout/").then().statusCode(204);
        account.bearer()
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/auth/logout")
                .then()
                .statusCode(204);

        assertEnded(account);
    }

    @Test
    void logsOutByRefreshTokenAgainAndAgain() {
        var account = AuthApi.register();
        var body = Map.of("refresh_token", account.refreshToken());

        post("/auth/logout/", body).then().statusCode(204);
        post("/auth/logout/", body).then().statusCode(204);

        assertEnded(account);
    }

    @Test
    void logsOutByRefreshTokenBesideAnAccessTokenThatIsNoLongerGood() {
        var account = AuthApi.register();

        AuthApi.bearer(account.accessToken() + "x")
                .contentType(ContentType.JSON)
                .body(Map.of("refresh_token", account.refreshToken()))
                .post("/auth/logout/")
                .then()
                .statusCode(204);

        assertEnded(account);
    }

    @Test
    void doesNotLogOutNobody() {
        var account = AuthApi.register();
        var other = AuthApi.register();

        given().post("/auth/logout/").then().statusCode(401);
        post("/auth/logout/", Map.of("refresh_token", "unknown")).then().statusCode(401);
        AuthApi.bearer("x").post("/auth/logout/").then().statusCode(401);
        account.bearer()
                .contentType("text/plain")
                .body("{}")
                .post("/auth/logout/")
                .then()
                .statusCode(415);
        account.bearer()
                .contentType(ContentType.JSON)
                .body(Map.of("refresh_token", other.refreshToken()))
                .post("/auth/logout/")
                .then()
                .statusCode(401);
        account.bearer().get("/auth/me/").then().statusCode(200);
        other.bearer().get("/auth/me/").then().statusCode(200);
    }

    private static void assertEnded(Account account) {
        account.bearer().get("/auth/me/").then().statusCode(401).body("code", equalTo("unauthenticated"));
        account.bearer().get("/auth/session/").then().statusCode(401);
        post("/auth/refresh/", Map.of("refresh_token", account.refreshToken()))
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"));
    }
}
