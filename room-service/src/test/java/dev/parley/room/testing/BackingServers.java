package dev.parley.room.testing;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/// PostgreSQL, Redis, the fake auth service and the token keys of one test run.
public final class BackingServers implements QuarkusTestResourceLifecycleManager {

    /// How many rooms a user may make in a minute.
    public static final int ROOMS_PER_USER = 100;

    /// How often a user may search in a minute.
    public static final int SEARCHES_PER_USER = 200;

    private PostgresServer postgres;
    private RedisServer redis;
    private FakeAuthService authService;

    @Override
    public Map<String, String> start() {
        postgres = PostgresServer.start();
        postgres.createDatabase("parley_room", "parley_room", "secret");
        redis = RedisServer.start();
        authService = FakeAuthService.start();
        return settings(postgres, redis, authService);
    }

    /// What the service under test has to know.
    static Map<String, String> settings(PostgresServer postgres, RedisServer redis, FakeAuthService authService) {
        var settings = new HashMap<String, String>();
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl("parley_room"));
        settings.put("quarkus.datasource.password", "secret");
        settings.put("quarkus.redis.hosts", redis.uri());
        settings.put("parley.auth-service.url", authService.url());
        settings.put("parley.auth-service.secret", FakeAuthService.SECRET);
        settings.put("parley.auth.jwks-url", TestTokens.publicKeyLocation());
        settings.put("parley.internal.credentials.gateway", "gateway-secret");
        settings.put("parley.allowed-origins", "https://app.example.org");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        settings.put("parley.streams.partitions", "2");
        settings.put("parley.rooms.creation-per-account", ROOMS_PER_USER + "/1m");
        settings.put("parley.rooms.creation-per-address", "100000/1m");
        settings.put("parley.search.per-account", SEARCHES_PER_USER + "/1m");
        settings.put("parley.search.per-address", "100000/1m");
        settings.put("parley.auth-service.poll-interval", "1S");
        settings.put("parley.erasure.interval", "100MS");
        settings.put("parley.erasure.last-look", "1S");
        settings.put("parley.ingest.min-idle", "300MS");
        settings.put("parley.ingest.claim-interval", "100MS");
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisServer.class));
        injector.injectIntoFields(postgres, new TestInjector.MatchesType(PostgresServer.class));
        injector.injectIntoFields(authService, new TestInjector.MatchesType(FakeAuthService.class));
    }

    @Override
    public void stop() {
        if (authService != null) {
            authService.close();
        }
        if (redis != null) {
            redis.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
