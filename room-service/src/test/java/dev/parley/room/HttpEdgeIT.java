package dev.parley.room;

import dev.parley.kit.testing.HttpChecks;
import dev.parley.room.testing.BackingServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class HttpEdgeIT extends HttpChecks {

    HttpEdgeIT() {
        super("/chat/openapi");
    }
}
