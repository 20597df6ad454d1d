package dev.parley.room.search;

import static dev.parley.room.testing.Chat.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.model.event.UserRef;
import dev.parley.room.testing.OwnServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/// Searches from one address, of whichever accounts.
@QuarkusTest
@QuarkusTestResource(
        value = OwnServers.class,
        initArgs = @ResourceArg(name = "parley.search.per-address", value = "3/1h"),
        restrictToAnnotatedClass = true)
class SearchAddressLimitIT {

    private static final int PER_ADDRESS = 3;
    private static final int SECONDS_FOR_ONE = 1_200;

    OwnServers servers;

    @Test
    void letsAnAddressSearchSoOften() {
        for (int i = 0; i < PER_ADDRESS; i++) {
            search(servers.auth().register("user" + i), "203.0.113.7")
                    .then()
                    .statusCode(200)
                    .body("items", empty());
        }

        var refused = search(servers.auth().register("late"), "203.0.113.7");

        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(SECONDS_FOR_ONE - 120, SECONDS_FOR_ONE);
        search(servers.auth().register("elsewhere"), "203.0.113.8").then().statusCode(200);
    }

    /// Through the ingress, which says who asks.
    private static Response search(UserRef user, String address) {
        return as(user).header("X-Forwarded-For", address)
                .queryParam("q", "needle")
                .get("/chat/search/");
    }
}
