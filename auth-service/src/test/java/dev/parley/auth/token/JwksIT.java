package dev.parley.auth.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(Backing.class)
class JwksIT {

    private static final String PATH = "/auth/.well-known/jwks.json";

    @Test
    void verifiesTheTokensOfThisService() throws Exception {
        var account = AuthApi.register();
        var keys = new JsonWebKeySet(given().get(PATH).body().asString());

        var claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setExpectedAudience("parley")
                .setExpectedIssuer("parley")
                .setExpectedType(true, "at+jwt")
                .build()
                .processToClaims(account.accessToken());

        assertThat(claims.getSubject()).isEqualTo(account.id());
    }

    @Test
    void refusesAKeyThatWasTakenOutEverywhereWithinFiveMinutes() {
        var config = ConfigProvider.getConfig();
        var untilPublished = config.getValue("parley.auth.signing-key-interval", Duration.class);
        var untilRead = Duration.ofMinutes(config.getValue("smallrye.jwt.jwks.refresh-interval", Long.class));
        var header = given().get(PATH).header("Cache-Control");
        var cached = Duration.ofSeconds(Long.parseLong(header.substring(header.indexOf('=') + 1)));

        assertThat(untilPublished.plus(untilRead)).isLessThan(Duration.ofMinutes(5));
        assertThat(untilPublished.plus(cached)).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void showsPublicPartsOnlyAndMayBeCached() {
        var answer = given().get(PATH);

        answer.then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "public, max-age=240")
                .body("keys.size()", equalTo(1));
        assertThat(answer.jsonPath().getMap("keys[0]").keySet())
                .extracting(String::valueOf)
                .containsExactlyInAnyOrder("kty", "use", "alg", "kid", "n", "e");
    }
}
