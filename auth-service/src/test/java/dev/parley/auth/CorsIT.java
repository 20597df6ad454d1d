package dev.parley.auth;

import dev.parley.kit.testing.CorsChecks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class CorsIT extends CorsChecks {

    CorsIT() {
        super("/auth/me/", "/auth/login/");
    }

    @Test
    void letsAListedPageReadTheKeys() {
        assertReadable(from(LISTED).get("/auth/.well-known/jwks.json").then().statusCode(200), LISTED);
    }
}
