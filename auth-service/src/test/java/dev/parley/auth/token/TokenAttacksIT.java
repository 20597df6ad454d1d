package dev.parley.auth.token;

import dev.parley.auth.AuthApi;
import dev.parley.auth.Backing;
import dev.parley.kit.testing.TokenChecks;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.KeyPair;

@QuarkusTest
@WithTestResource(Backing.class)
class TokenAttacksIT extends TokenChecks {

    @Inject
    SigningKeys keys;

    TokenAttacksIT() {
        super("/auth/me/");
    }

    @Override
    protected String goodToken() {
        return AuthApi.register().accessToken();
    }

    @Override
    protected KeyPair keys() {
        var key = keys.current();
        return new KeyPair(key.publicKey(), key.privateKey());
    }
}
