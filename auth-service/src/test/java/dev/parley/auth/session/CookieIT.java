package dev.parley.auth.session;

import static dev.parley.auth.AuthApi.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class CookieIT {

    private static final String PAGE = "http://localhost:8080";

    @Test
    void keepsTheRefreshTokenFromScripts() {
        var answer = register();

        answer.then().statusCode(201).body("$", not(hasKey("refresh_token"))).body("token_type", equalTo("Bearer"));
        assertThat(answer.header("Set-Cookie"))
                .startsWith("parley_refresh=")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("Secure")
                .containsIgnoringCase("SameSite=Strict")
                .containsIgnoringCase("Path=/auth/")
                .containsIgnoringCase("Max-Age=2592000");
        assertThat(login(answer).header("Set-Cookie")).startsWith("parley_refresh=");
    }

    @Test
    void refreshesFromTheCookieIntoTheCookie() {
        var first = register();

        var second = from(PAGE, cookie(first)).body("{}").post("/auth/refresh/");

        second.then().statusCode(200).body("$", not(hasKey("refresh_token")));
        assertThat(cookie(second)).isNotEqualTo(cookie(first));
        from(PAGE, cookie(second)).body("{}").post("/auth/refresh/").then().statusCode(200);
    }

    @Test
    void wantsNoBodyBesideTheCookie() {
        var first = register();

        var second = from(PAGE, cookie(first)).post("/auth/refresh/");

        second.then().statusCode(200);
        from(PAGE, cookie(second)).post("/auth/logout/").then().statusCode(204);
        from(PAGE, cookie(second)).post("/auth/refresh/").then().statusCode(401);
    }

    @Test
    void wantsAListedPageAndJson() {
        var cookie = cookie(register());

        for (var origin : new String[] {"http://evil.example", "http://localhost:8080.evil.example", "null", ""}) {
            from(origin, cookie)
                    .body("{}")
                    .post("/auth/refresh/")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
        given().contentType(ContentType.JSON)
                .cookie("parley_refresh", cookie)
                .body("{}")
                .post("/auth/refresh/")
                .then()
                .statusCode(403);
        from(PAGE, cookie)
                .contentType("text/plain")
                .body("{}")
                .post("/auth/refresh/")
                .then()
                .statusCode(415);
        from(PAGE, cookie).body("{}").post("/auth/refresh/").then().statusCode(200);
    }

    @Test
    void logsOutAndForgetsTheCookie() {
        var cookie = cookie(register());

        var answer = from(PAGE, cookie).body("{}").post("/auth/logout/");

        answer.then().statusCode(204);
        assertThat(answer.header("Set-Cookie")).startsWith("parley_refresh=").containsIgnoringCase("Max-Age=0");
        from(PAGE, cookie).body("{}").post("/auth/refresh/").then().statusCode(401);
    }

    @Test
    void readsNoCookieAnywhereElse() {
        from(PAGE, cookie(register())).get("/auth/me/").then().statusCode(401);
    }

    private static Response register() {
        var body = AuthApi.registration(AuthApi.newUsername());
        body.put("token_transport", "cookie");
        return post("/auth/register/", body);
    }

    private static Response login(Response registered) {
        return post(
                "/auth/login/",
                Map.of(
                        "username",
                        registered.path("user.username"),
                        "password",
                        AuthApi.PASSWORD,
                        "token_transport",
                        "cookie"));
    }

    private static String cookie(Response answer) {
        return answer.cookie("parley_refresh");
    }

    private static RequestSpecification from(String origin, String cookie) {
        return given().contentType(ContentType.JSON).header("Origin", origin).cookie("parley_refresh", cookie);
    }
}
