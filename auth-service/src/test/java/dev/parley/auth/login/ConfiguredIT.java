package dev.parley.auth.login;

import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.post;
import static dev.parley.auth.AuthApi.registration;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An installation with rules of its own.
@QuarkusTest
@WithTestResource(Backing.class)
@TestProfile(ConfiguredIT.Closed.class)
class ConfiguredIT {

    @Test
    void registersNobodyWhenItIsClosed() {
        post("/auth/register/", registration(newUsername()))
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("registration_closed"));
    }

    @Test
    void looksAtTheBodyBeforeItSaysSo() {
        var reserved = registration("Chef");
        var tooShort = registration(newUsername());
        tooShort.put("password", "eleven char");

        post("/auth/register/", reserved).then().statusCode(400).body("errors[0].field", equalTo("username"));
        post("/auth/register/", tooShort).then().statusCode(400).body("errors[0].field", equalTo("password"));
        post("/auth/register/", registration("admin"))
                .then()
                .statusCode(403); // a list of its own takes the place of the default one
    }

    public static final class Closed implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "parley.account.registration", "closed",
                    "parley.account.reserved-usernames", "chef,boss",
                    "parley.password.min-length", "12");
        }
    }
}
