package dev.parley.auth.profile;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.login;
import static dev.parley.auth.AuthApi.post;
import static dev.parley.auth.AuthApi.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import dev.parley.model.internal.InternalPaths;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class EraseAccountIT {

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    AgroalDataSource database;

    @Test
    void leavesNothingButTheId() {
        var account = AuthApi.register();
        var other = Account.of(login(account.username(), PASSWORD));
        var observer = AuthApi.register();

        erase(account, PASSWORD).then().statusCode(204);

        account.bearer().get("/auth/me/").then().statusCode(401);
        other.bearer().get("/auth/me/").then().statusCode(401);
        post("/auth/refresh/", Map.of("refresh_token", other.refreshToken()))
                .then()
                .statusCode(401);
        login(account.username(), PASSWORD).then().statusCode(401);
        var expected = new HashMap<String, Object>();
        expected.put("id", account.id());
        expected.put("username", null);
        expected.put("display_name", null);
        expected.put("deleted", true);
        assertThat(observer.bearer()
                        .get("/auth/users/" + account.id() + "/")
                        .jsonPath()
                        .<String, Object>getMap("$"))
                .isEqualTo(expected);
        observer.bearer()
                .queryParam("q", account.username())
                .get("/auth/users/")
                .then()
                .body("items", hasSize(0));
    }

    @Test
    void tellsTheOtherServices() {
        var account = AuthApi.register();

        erase(account, PASSWORD).then().statusCode(204);

        RestAssured.given()
                .port(management.getPort())
                .auth()
                .preemptive()
                .basic("room", Backing.ROOM_SECRET)
                .queryParam("ids", account.id())
                .get(InternalPaths.USERS)
                .then()
                .statusCode(200)
                .body("items[0].user.deleted", equalTo(true))
                .body("items[0].version", equalTo(2));
    }

    @Test
    void neverGivesTheUsernameAgain() {
        var account = AuthApi.register();
        erase(account, PASSWORD).then().statusCode(204);

        post("/auth/register/", registration(account.username()))
                .then()
                .statusCode(409)
                .body("code", equalTo("username_taken"));
    }

    @Test
    void keepsNoTraceInTheDatabase() throws SQLException {
        var account = AuthApi.register();
        erase(account, PASSWORD).then().statusCode(204);

        for (var table :
                new String[] {"accounts", "sessions", "events", "mails", "one_time_tokens", "retired_usernames"}) {
            try (var connection = database.getConnection();
                    var query = connection.prepareStatement(
                            "select count(*) from " + table + " t where t::text like '%' || ? || '%'")) {
                query.setString(1, account.username());
                var result = query.executeQuery();
                result.next();
                assertThat(result.getInt(1)).as(table).isZero();
            }
        }
    }

    @Test
    void wantsThePassword() {
        var account = AuthApi.register();

        erase(account, "not the password").then().statusCode(400).body("errors[0].field", equalTo("password"));

        account.bearer().get("/auth/me/").then().statusCode(200);
    }

    private static Response erase(Account account, String password) {
        return account.bearer()
                .contentType(ContentType.JSON)
                .body(Map.of("password", password))
                .post("/auth/erase-account/");
    }
}
