package dev.parley.room;

import dev.parley.kit.testing.CorsChecks;
import dev.parley.room.testing.BackingServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class CorsIT extends CorsChecks {

    CorsIT() {
        super("/chat/rooms/", "/chat/rooms/");
    }
}
