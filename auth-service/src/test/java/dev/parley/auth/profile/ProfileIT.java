package dev.parley.auth.profile;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.login;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi;
import dev.parley.auth.AuthApi.Account;
import dev.parley.auth.Backing;
import dev.parley.model.internal.InternalPaths;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class ProfileIT {

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void changesTheDisplayNameForEverybody() {
        var account = AuthApi.register();

        patch(account, "{\"display_name\":\"Ada L.\",\"username\":\"ignored\"}")
                .then()
                .statusCode(200)
                .body("display_name", equalTo("Ada L."))
                .body("username", equalTo(account.username()))
                .body("email", equalTo(account.username() + "@example.com"));

        account.bearer().get("/auth/me/").then().body("display_name", equalTo("Ada L."));
        assertVersion(account, 2);
    }

    @Test
    void leavesWhatIsAbsentAndCountsOnlyChanges() {
        var account = AuthApi.register();

        patch(account, "{}").then().statusCode(200).body("display_name", equalTo(account.username()));
        patch(account, "{\"display_name\":\"" + account.username() + "\"}")
                .then()
                .statusCode(200);

        assertVersion(account, 1);
    }

    @Test
    void refusesBadNames() {
        var account = AuthApi.register();

        for (var json :
                List.of("null", "1", "[]", "{}", "\"\"", "\"a\\nb\"", "\"\\ud800\"", "\"" + "a".repeat(65) + "\"")) {
            patch(account, "{\"display_name\":" + json + "}")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation_failed"))
                    .body("errors[0].field", equalTo("display_name"));
        }
        for (var body : List.of("", "null", "[]", "1", "{", "{\"display_name\":\"a\",\"display_name\":\"b\"}")) {
            patch(account, body).then().statusCode(400).body("code", equalTo("malformed"));
        }
    }

    @Test
    void replacesThePasswordAndEndsTheOtherSessions() {
        var account = AuthApi.register();
        var other = Account.of(login(account.username(), PASSWORD));

        changePassword(account, PASSWORD, "a much better password").then().statusCode(204);

        account.bearer().get("/auth/me/").then().statusCode(200);
        other.bearer().get("/auth/me/").then().statusCode(401);
        login(account.username(), PASSWORD).then().statusCode(401);
        login(account.username(), "a much better password").then().statusCode(200);
    }

    @Test
    void keepsThePasswordWhenTheCurrentOneIsWrongOrTheNewOneBad() {
        var account = AuthApi.register();

        changePassword(account, "not the password", "a much better password")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("current_password"));
        changePassword(account, PASSWORD, "password1")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("new_password"));
        changePassword(account, PASSWORD, "short")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("new_password"));

        login(account.username(), PASSWORD).then().statusCode(200);
    }

    private void assertVersion(Account account, int version) {
        RestAssured.given()
                .port(management.getPort())
                .auth()
                .preemptive()
                .basic("room", Backing.ROOM_SECRET)
                .queryParam("ids", account.id())
                .get(InternalPaths.USERS)
                .then()
                .statusCode(200)
                .body("items[0].version", equalTo(version));
    }

    private static Response patch(Account account, String json) {
        return account.bearer().contentType(ContentType.JSON).body(json).patch("/auth/me/");
    }

    private static Response changePassword(Account account, String current, String next) {
        return account.bearer()
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", current, "new_password", next))
                .post("/auth/change-password/");
    }
}
