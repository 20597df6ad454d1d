package dev.parley.room;

import dev.parley.kit.testing.TokenChecks;
import dev.parley.model.id.UserId;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.KeyPair;

@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class TokenAttacksIT extends TokenChecks {

    TokenAttacksIT() {
        super("/chat/rooms/");
    }

    @Override
    protected String goodToken() {
        return TestTokens.of(UserId.random());
    }

    @Override
    protected KeyPair keys() {
        return TestTokens.keys();
    }
}
