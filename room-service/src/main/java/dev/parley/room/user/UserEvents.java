package dev.parley.room.user;

import dev.parley.kit.account.AuthEventFollower;
import dev.parley.kit.account.AuthEventHandler;
import dev.parley.kit.account.AuthServiceClient;
import dev.parley.kit.account.AuthServiceConfig;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Users;
import dev.parley.model.stream.AuthEvent;
import dev.parley.room.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps the projection up to date with the events of the auth service. Every replica takes all of them; what another
/// has written before changes nothing. The position is in the database, so a replica goes on where the replicas were.
///
/// It does not make the service unready: who is not projected yet is asked for by id ([UserDirectory#resolve]).
@ApplicationScoped
class UserEvents implements AuthEventHandler {

    private static final String POSITION = "SELECT last_n FROM user_projection";

    private final UserProjection projection;
    private final UserRefresh refresh;
    private final Database database;
    private final AuthServiceClient authService;
    private final Redis redis;
    private final AuthServiceConfig config;
    private final MeterRegistry registry;
    private @Nullable AuthEventFollower follower;

    UserEvents(
            UserProjection projection,
            UserRefresh refresh,
            Database database,
            AuthServiceClient authService,
            Redis redis,
            AuthServiceConfig config,
            MeterRegistry registry) {
        this.projection = projection;
        this.refresh = refresh;
        this.database = database;
        this.authService = authService;
        this.redis = redis;
        this.config = config;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        follower = new AuthEventFollower("users", this, authService, redis, config, registry);
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        if (follower != null) {
            follower.close();
        }
    }

    @Override
    public long start() {
        return database.read(connection -> {
            try (var statement = connection.prepareStatement(POSITION)) {
                var rows = statement.executeQuery();
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /// Of several events of one account the newest counts.
    @Override
    public void take(List<AuthEvent> events) {
        Map<UserId, Users.Versioned> users = new HashMap<>();
        for (var event : events) {
            switch (event) {
                case AuthEvent.UserChanged changed ->
                    users.merge(
                            changed.user().id(),
                            new Users.Versioned(changed.user(), changed.version()),
                            (one, other) -> one.version() < other.version() ? other : one);
                case AuthEvent.SessionRevoked _ -> {}
            }
        }
        projection.store(users.values(), events.getLast().n());
    }

    @Override
    public long restart(long lastN) {
        refresh.begin(lastN);
        return lastN;
    }
}
