package dev.parley.auth.user;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.InternalPaths;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Backing.class)
class InternalUsersIT {

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void showsTheUsersThatExist() {
        var ada = AuthApi.register();
        var unknown = UserId.random();

        var answer = room().queryParam("ids", ada.id() + "," + unknown).get(InternalPaths.USERS);

        answer.then().statusCode(200).body("items", hasSize(1)).body("items[0].version", equalTo(1));
        assertThat(answer.jsonPath().<String, Object>getMap("items[0].user"))
                .isEqualTo(Map.of(
                        "id", ada.id(), "username", ada.username(), "display_name", ada.username(), "deleted", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-1-1-1-1", ","})
    void refusesMisshapenIds(String ids) {
        room().queryParam("ids", ids)
                .get(InternalPaths.USERS)
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_failed"))
                .body("errors[0].field", equalTo("ids"));
    }

    @Test
    void wantsACredentialOfAService() {
        var user = AuthApi.register();
        var path = management.resolve(InternalPaths.USERS + "?ids=" + user.id());

        given().get(path).then().statusCode(401);
        user.bearer().get(path).then().statusCode(401);
        given().header("Authorization", basic("room", "wrong")).get(path).then().statusCode(401);
        given().header("Authorization", basic("stranger", Backing.ROOM_SECRET))
                .get(path)
                .then()
                .statusCode(401);
    }

    @Test
    void isNotOnThePublicPort() {
        given().header("Authorization", basic("room", Backing.ROOM_SECRET))
                .queryParam("ids", UserId.random().toString())
                .get(InternalPaths.USERS)
                .then()
                .statusCode(404);
    }

    private RequestSpecification room() {
        return given().port(management.getPort()).header("Authorization", basic("room", Backing.ROOM_SECRET));
    }

    private static String basic(String caller, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((caller + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
