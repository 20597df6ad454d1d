package dev.parley.room.testing;

import dev.parley.kit.testing.PlayedAuthService;

/// The auth service as this service's tests know it.
public final class FakeAuthService extends PlayedAuthService {

    static final String SECRET = "room-secret";

    private FakeAuthService() {
        super("room", SECRET);
    }

    static FakeAuthService start() {
        return new FakeAuthService();
    }
}
