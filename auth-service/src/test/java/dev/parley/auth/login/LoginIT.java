package dev.parley.auth.login;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.login;
import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.post;
import static dev.parley.auth.AuthApi.registration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class LoginIT {

    @Test
    void startsANewSessionForTheSameUser() {
        var registered = AuthApi.register();

        var answer = login(registered.username().toUpperCase(Locale.ROOT), PASSWORD);

        answer.then().statusCode(200).body("user.id", equalTo(registered.id())).body("token_type", equalTo("Bearer"));
        assertThat(answer.<String>path("refresh_token")).isNotEqualTo(registered.refreshToken());
    }

    @Test
    void takesAnEmailAddressThatOneAccountHas() {
        var registered = AuthApi.register();

        login(registered.username().toUpperCase(Locale.ROOT) + "@Example.COM", PASSWORD)
                .then()
                .statusCode(200)
                .body("user.id", equalTo(registered.id()));
    }

    @Test
    void refusesAnUnverifiedAddressThatTwoAccountsHave() {
        var first = registration(newUsername());
        var second = registration(newUsername());
        second.put("email", first.get("email"));
        post("/auth/register/", first).then().statusCode(201);
        post("/auth/register/", second).then().statusCode(201);

        login(String.valueOf(first.get("email")), PASSWORD).then().statusCode(401);
    }

    @Test
    void answersTheSameToAWrongPasswordAndAnUnknownName() {
        var registered = AuthApi.register();

        for (var name : new String[] {
            registered.username(), newUsername(), "nobody@example.com", "not a username", "x", "\u212Aelvin", "a@b@c"
        }) {
            login(name, "not the password")
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .body("code", equalTo("invalid_credentials"))
                    .body("detail", equalTo("The credentials are wrong"));
        }
    }

    @Test
    void takesADeviceName() {
        var registered = AuthApi.register();

        post("/auth/login/", Map.of("username", registered.username(), "password", PASSWORD, "device_name", "Laptop"))
                .then()
                .statusCode(200);
    }
}
