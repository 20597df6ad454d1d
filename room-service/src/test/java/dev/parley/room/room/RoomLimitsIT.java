package dev.parley.room.room;

import static dev.parley.room.testing.Chat.createGroup;
import static dev.parley.room.testing.Chat.createPrivate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class RoomLimitsIT {

    FakeAuthService auth;

    @Test
    void letsAUserMakeSoManyRoomsAMinute() {
        var anna = auth.register("anna");
        var bert = auth.register("bert");
        createPrivate(anna, bert).then().statusCode(201);
        // One comes back each 600 ms, so a slow machine needs a few more than the limit.
        var made = 1;
        var refused = createGroup(anna, "group");
        while (made <= 2 * BackingServers.ROOMS_PER_USER && refused.statusCode() == 201) {
            made++;
            refused = createGroup(anna, "group");
        }

        assertThat(made).isBetween(BackingServers.ROOMS_PER_USER, 2 * BackingServers.ROOMS_PER_USER);
        refused.then().statusCode(429).body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
        createGroup(bert, "group").then().statusCode(201);
    }
}
