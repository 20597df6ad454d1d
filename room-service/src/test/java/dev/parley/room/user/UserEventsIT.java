package dev.parley.room.user;

import static dev.parley.room.testing.Chat.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.embedded.PostgresServer;
import dev.parley.embedded.RedisServer;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Users;
import dev.parley.room.database.Database;
import dev.parley.room.signal.Signals;
import dev.parley.room.testing.BackingServers;
import dev.parley.room.testing.FakeAuthService;
import dev.parley.room.testing.Sql;
import dev.parley.room.testing.StreamProbe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The projection follows the auth service's events, and nothing late overtakes them.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class UserEventsIT {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    FakeAuthService auth;
    RedisServer redis;
    PostgresServer postgres;

    @Inject
    UserDirectory directory;

    @Inject
    UserProjection projection;

    @Inject
    Database database;

    @Inject
    Signals signals;

    @AfterEach
    void bringTheAuthServiceBack() {
        auth.setAway(false);
    }

    @Test
    void projectsWhoRegisteredBeforeAnybodyAsks() {
        var anna = auth.register("anna");

        awaitProjected(anna);
    }

    @Test
    void takesANewNameFromTheStreamAndTellsTheRooms() {
        var anna = auth.register("anna");
        awaitProjected(anna);
        var room = group(anna);

        try (var streams = new StreamProbe(redis)) {
            streams.put(auth.rename(anna, "Anna"));

            var signal = streams.signalsTo(room, 1).getFirst();

            assertThat(signal.type()).isEqualTo("user.updated");
            assertThat(signal.body())
                    .isEqualTo("{\"type\":\"user.updated\",\"user\":{\"id\":\"" + anna.id()
                            + "\",\"username\":\"anna\",\"display_name\":\"Anna\",\"deleted\":false}}");
        }
        awaitProjected(UserRef.present(anna.id(), "anna", "Anna"));
    }

    /// The events of the auth service are followed on the thread that stores users.
    @Test
    void storesUsersWithoutWaitingForTheirRoomsToBeTold() {
        var anna = auth.register("anna");
        awaitProjected(anna);
        var room = group(anna);
        try (var streams = new StreamProbe(redis)) {
            streams.send(Request.cmd(Command.CLIENT).arg("PAUSE").arg(5_000));

            var begun = System.nanoTime();
            projection.store(List.of(new Users.Versioned(UserRef.present(anna.id(), "anna", "Anna"), 9)));

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
            assertThat(streams.signalsTo(room, 1).getFirst().body()).contains("\"display_name\":\"Anna\"");
        }
    }

    @Test
    void tellsOfOneUserOnceAnInterval() {
        var anna = auth.register("anna");
        awaitProjected(anna);
        var room = group(anna);
        var begun = System.nanoTime();

        for (int version = 10; version < 110; version++) {
            projection.store(
                    List.of(new Users.Versioned(UserRef.present(anna.id(), "anna", "name " + version), version)));
        }

        try (var streams = new StreamProbe(redis)) {
            var told = 1;
            while (!streams.signalsTo(room, told).getLast().body().contains("\"name 109\"")) {
                told++;
            }
            var millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            assertThat(told).isLessThanOrEqualTo((int) (millis / UserSignals.INTERVAL.toMillis()));
        }
    }

    @Test
    void boundsWhoWaitsToBeToldOf() {
        var idle = new UserSignals(database, signals, new SimpleMeterRegistry());
        var users = Stream.generate(UserId::random)
                .limit(UserSignals.MAX_WAITING + 10)
                .toList();

        idle.updated(users);
        idle.updated(users);

        assertThat(idle.waiting()).isEqualTo(UserSignals.MAX_WAITING);
    }

    @Test
    void takesWhatTheStreamLost() {
        var anna = auth.register("anna");
        awaitProjected(anna);

        auth.rename(anna, "Anna");

        awaitProjected(UserRef.present(anna.id(), "anna", "Anna"));
    }

    @Test
    void keepsItsPositionInTheDatabase() {
        auth.register("anna");

        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(new Sql(postgres).numbers("SELECT last_n FROM user_projection"))
                        .containsExactly(auth.lastN()));
    }

    @Test
    void letsNoOlderVersionWin() {
        var anna = UserRef.present(auth.register("anna").id(), "anna", "newest");

        projection.store(List.of(new Users.Versioned(anna, 9)));
        projection.store(List.of(new Users.Versioned(UserRef.present(anna.id(), "anna", "older"), 8)));

        assertThat(projected(anna)).isEqualTo(anna);
    }

    @Test
    void letsNothingBringAnErasedNameBack() {
        var anna = auth.register("anna");

        projection.store(List.of(new Users.Versioned(UserRef.erased(anna.id()), 9)));
        projection.store(List.of(new Users.Versioned(anna, 1)));

        assertThat(projected(anna)).isEqualTo(UserRef.erased(anna.id()));
    }

    @Test
    void asksForEverybodyWhenEventsAreNotKeptAnyMore() {
        var anna = auth.register("anna");
        awaitProjected(anna);

        auth.setAway(true);
        auth.rename(anna, "Anna");
        auth.forgetEvents(auth.lastN());
        auth.setAway(false);

        awaitProjected(UserRef.present(anna.id(), "anna", "Anna"));
    }

    @Test
    void takesWhatARestoredAuthServiceSaysButNobodyWhoWasErased() {
        var anna = auth.register("anna");
        var boris = auth.register("boris");
        auth.rename(anna, "after the backup");
        auth.erase(boris);
        awaitProjected(UserRef.present(anna.id(), "anna", "after the backup"));
        awaitProjected(UserRef.erased(boris.id()));

        auth.restore(anna, 1);
        auth.restore(boris, 1);
        auth.restore(auth.lastN() - 2);

        awaitProjected(anna);
        assertThat(projected(boris)).isEqualTo(UserRef.erased(boris.id()));
        var renamed = auth.rename(anna, "anew");
        awaitProjected(renamed.user());
    }

    @Test
    void letsReplicasWriteTheSameAtOnce() throws Exception {
        var users = IntStream.range(0, 50)
                .mapToObj(i -> UserRef.present(auth.register("user" + i).id(), "user" + i, "x"))
                .toList();

        try (var replicas = Executors.newVirtualThreadPerTaskExecutor()) {
            var written = new ArrayList<Future<?>>();
            for (int replica = 0; replica < 8; replica++) {
                var order = new ArrayList<>(users);
                Collections.rotate(order, replica * 7);
                for (long version = 2; version < 12; version++) {
                    var of = version;
                    written.add(replicas.submit(() -> projection.store(order.stream()
                            .map(user -> new Users.Versioned(user, of))
                            .toList())));
                }
            }
            for (var each : written) {
                each.get();
            }
        }

        assertThat(new Sql(postgres).numbers("SELECT count(*) FROM users WHERE display_name = 'x' AND version = 11"))
                .containsExactly(50L);
    }

    private void awaitProjected(UserRef user) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(projected(user)).isEqualTo(user));
    }

    /// As it is in the database: nobody is asked.
    private UserRef projected(UserRef user) {
        return QuarkusTransaction.requiringNew()
                .call(() -> directory.refs(List.of(user.id())).get(user.id()));
    }
}
