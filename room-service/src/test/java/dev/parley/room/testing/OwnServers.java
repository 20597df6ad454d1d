package dev.parley.room.testing;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Servers of one test class, with settings of its own. A class that uses it restricts it to itself.
public final class OwnServers implements QuarkusTestResourceLifecycleManager {

    /// Lets PostgreSQL log the plan of every statement, for [PlanLog].
    public static final String EXPLAIN = "explain";

    private PostgresServer postgres;
    private RedisServer redis;
    private FakeAuthService authService;
    private Map<String, String> arguments = Map.of();

    /// @param given settings that the class wants otherwise; and [#EXPLAIN]
    @Override
    public void init(Map<String, String> given) {
        arguments = given;
    }

    /// After [BackingServers], whose settings these replace.
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        postgres = PostgresServer.start();
        postgres.createDatabase("parley_room", "parley_room", "secret");
        redis = RedisServer.start();
        authService = FakeAuthService.start();
        var settings = BackingServers.settings(postgres, redis, authService);
        settings.putAll(arguments);
        if (settings.remove(EXPLAIN) != null) {
            PlanLog.turnOn(postgres, "parley_room");
        }
        return settings;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public RedisServer redis() {
        return redis;
    }

    public FakeAuthService auth() {
        return authService;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(OwnServers.class));
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
