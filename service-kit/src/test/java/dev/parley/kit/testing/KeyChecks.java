package dev.parley.kit.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// How a service that verifies tokens follows the auth service's keys: extended by a test that boots it with the URL of
/// [PlayedKeys], which its test resource injects. In order: the keys may be kept for a second first, then for minutes.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class KeyChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 100;

    private final String path;
    private final int accepted;

    protected PlayedKeys keys;

    /// @param accepted what the path answers to a right token; to a wrong one it is 401
    protected KeyChecks(String path, int accepted) {
        this.path = path;
        this.accepted = accepted;
    }

    @Test
    @Order(1)
    void takesAKeyWhileItIsPublishedAndNoLonger() {
        var old = keys.newKey("old");
        var next = keys.newKey("next");

        keys.publish(old);
        await(() -> takes(old));
        assertThat(takes(next)).isFalse();

        keys.publish(old, next);
        await(() -> takes(next));
        assertThat(takes(old)).isTrue();

        keys.publish(next);
        await(() -> !takes(old));
        assertThat(takes(next)).isTrue();
    }

    @Test
    @Order(2)
    void readsTheKeysOnceForAnyNumberOfUnknownOnes() {
        var known = keys.newKey("known");
        var own = keys.newKey("own");
        keys.publish(known);
        keys.setMaxAge(240);
        await(() -> takes(known));
        var before = keys.requests();

        var refused = Stream.generate(() -> UUID.randomUUID().toString())
                .limit(ATTEMPTS)
                .parallel()
                .filter(id -> status(PlayedKeys.token(own, id)) == 401)
                .count();

        assertThat(refused).isEqualTo(ATTEMPTS);
        assertThat(keys.requests() - before).isLessThanOrEqualTo(1);
        assertThat(takes(known)).isTrue();
    }

    private boolean takes(RsaJsonWebKey key) {
        return status(PlayedKeys.token(key, key.getKeyId())) == accepted;
    }

    private int status(String token) {
        var status =
                given().header("Authorization", "Bearer " + token).get(path).statusCode();
        assertThat(status).isIn(401, accepted);
        return status;
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
