package dev.parley.room.testing;

import dev.parley.embedded.FreePorts;
import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// Servers with kept data on fixed ports, so that a test can kill them and start them again.
public final class MortalServers implements QuarkusTestResourceLifecycleManager {

    private Path data;
    private PostgresServer postgres;
    private RedisServer redis;
    private FakeAuthService authService;
    private Map<String, String> arguments = Map.of();
    private Map<String, String> settings = Map.of();

    /// @param given settings that the class wants otherwise
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
        try {
            data = Files.createTempDirectory("parley-room-outage");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        postgres = PostgresServer.start(data.resolve("postgres"), FreePorts.next());
        postgres.createDatabase("parley_room", "parley_room", "secret");
        redis = RedisServer.start(data.resolve("redis"), FreePorts.next());
        authService = FakeAuthService.start();
        var all = BackingServers.settings(postgres, redis, authService);
        all.putAll(arguments);
        settings = all;
        return all;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /// Starts another room service, a process of its own, on the same servers.
    public Replica startReplica() {
        return Replica.start(settings, FreePorts.next(), FreePorts.next());
    }

    /// As [#startReplica], with settings of its own, and without waiting until it is ready.
    public Replica launchReplica(Map<String, String> otherwise) {
        var all = new HashMap<>(settings);
        all.putAll(otherwise);
        return Replica.launch(all, FreePorts.next(), FreePorts.next());
    }

    public RedisServer redis() {
        return redis;
    }

    public void killPostgres() {
        postgres.kill();
    }

    public void startPostgres() {
        postgres = PostgresServer.start(data.resolve("postgres"), postgres.port());
    }

    public void killRedis() {
        redis.kill();
    }

    public void startRedis() {
        redis = RedisServer.start(data.resolve("redis"), redis.port());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(MortalServers.class));
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
        deleteData();
    }

    private void deleteData() {
        if (data == null) {
            return;
        }
        try (var files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
