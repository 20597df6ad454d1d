package dev.parley.auth.profile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(Backing.class)
class MeIT {

    @ParameterizedTest
    @ValueSource(strings = {"/auth/me/", "/auth/me"})
    void showsOnesOwnProfile(String path) {
        var account = AuthApi.register();

        var answer = account.bearer().get(path);

        answer.then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("id", equalTo(account.id()))
                .body("username", equalTo(account.username()))
                .body("email", equalTo(account.username() + "@example.com"));
        assertThat(answer.jsonPath().getMap("$").keySet())
                .containsExactly("id", "username", "display_name", "deleted", "email", "email_verified", "created_at");
    }

    @Test
    void wantsAToken() {
        given().get("/auth/me/")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("unauthenticated"))
                .body("instance", equalTo("/auth/me/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YTpi", "Bearer ..", "x"})
    void refusesWhatIsNoToken(String authorization) {
        given().header("Authorization", authorization)
                .get("/auth/me/")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void refusesATokenWithAnotherSignature() {
        var token = AuthApi.register().accessToken();
        var other = AuthApi.register().accessToken();
        var swapped = token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        AuthApi.bearer(swapped).get("/auth/me/").then().statusCode(401).body("code", equalTo("unauthenticated"));
    }

    @Test
    void doesNotReadATokenFromTheQuery() {
        var token = AuthApi.register().accessToken();

        given().queryParam("token", token)
                .queryParam("access_token", token)
                .get("/auth/me/")
                .then()
                .statusCode(401);
    }

    @Test
    void hasNoOtherMethods() {
        AuthApi.register()
                .bearer()
                .delete("/auth/me/")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("code", equalTo("method_not_allowed"));
    }
}
