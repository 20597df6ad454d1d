package dev.parley.kit.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.embedded.FreePorts;
import dev.parley.embedded.RedisServer;
import dev.parley.kit.json.JsonDialect;
import dev.parley.kit.redis.RedisUnavailableException;
import dev.parley.kit.redis.StreamConnection;
import dev.parley.kit.testing.PlayedAuthService;
import dev.parley.model.id.SessionId;
import dev.parley.model.stream.AuthEvent;
import dev.parley.model.stream.StreamKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows over a real Redis and over HTTP, through all that may happen to both.
class AuthEventFollowerTest {

    /// Longer than any test waits: what comes in time did not come by asking now and then.
    private static final Duration NEVER = Duration.ofMinutes(10);

    private static final long DEADLINE_SECONDS = 10;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final PlayedAuthService authService = new PlayedAuthService("room", "secret");
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Taken taken = new Taken();
    private RedisServer server;
    private StreamConnection redis;
    private AuthEventFollower follower;

    @BeforeEach
    void startRedis() {
        server = RedisServer.start(directory, FreePorts.next());
        redis = new StreamConnection(Redis.createClient(vertx, server.uri()), Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        if (follower != null) {
            follower.close();
        }
        redis.close();
        server.close();
        authService.close();
        vertx.close();
    }

    @Test
    void takesWhatTheStreamBringsFromAnEmptyStart() {
        follow(NEVER);

        relay(revoke());
        relay(revoke());

        assertThat(taken.next(2)).containsExactly(1L, 2L);
        assertThat(healed()).isZero();
    }

    @Test
    void takesAtItsStartWhatTheStreamDoesNotHave() {
        IntStream.range(0, 2_500).forEach(_ -> revoke());

        follow(NEVER);
        relay(revoke());

        assertThat(taken.next(2_501))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2_501).boxed().toList());
        assertThat(healed()).isEqualTo(2_500);
    }

    @Test
    void asksForAHole() {
        follow(NEVER);
        relay(revoke());
        assertThat(taken.next(1)).containsExactly(1L);

        revoke();
        revoke();
        relay(revoke());

        assertThat(taken.next(3)).containsExactly(2L, 3L, 4L);
    }

    @Test
    void asksForWhatItCannotRead() {
        follow(NEVER);
        revoke();

        redis.send(Request.cmd(Command.XADD)
                .arg(StreamKeys.AUTH_EVENTS)
                .arg("1-0")
                .arg("type")
                .arg("nonsense"));

        assertThat(taken.next(1)).containsExactly(1L);
    }

    @Test
    void asksNowAndThenForWhatTheStreamNeverHad() {
        follow(Duration.ofMillis(200));

        revoke();

        assertThat(taken.next(1)).containsExactly(1L);
    }

    @Test
    void goesOnAfterAFlush() {
        follow(NEVER);
        relay(revoke());
        relay(revoke());
        assertThat(taken.next(2)).containsExactly(1L, 2L);

        revoke();
        redis.send(Request.cmd(Command.FLUSHALL));
        relay(revoke());
        relay(revoke());

        assertThat(taken.next(3)).containsExactly(3L, 4L, 5L);
    }

    @Test
    void asksAtOnceWhileRedisIsAwayAndGoesOnWhenItIsBack() {
        follow(NEVER);
        relay(revoke());
        assertThat(taken.next(1)).containsExactly(1L);

        server.kill();
        revoke();
        assertThat(taken.next(1)).containsExactly(2L);
        revoke();
        assertThat(taken.next(1)).containsExactly(3L);
        server = RedisServer.start(directory, server.port());
        relay(revoke());

        assertThat(taken.next(1)).containsExactly(4L);
    }

    @Test
    void startsWhenTheAuthServiceIsBack() {
        authService.setAway(true);
        revoke();
        follower = follower(NEVER);
        follower.start();
        assertThat(follower.awaitStart(Duration.ofMillis(300))).isFalse();

        authService.setAway(false);

        assertThat(follower.awaitStart(Duration.ofSeconds(DEADLINE_SECONDS))).isTrue();
        assertThat(taken.next(1)).containsExactly(1L);
    }

    @Test
    void doesNotNeedTheAuthServiceForWhatTheStreamBrings() {
        follow(Duration.ofMillis(100));
        authService.setAway(true);

        relay(revoke());
        relay(revoke());

        assertThat(taken.next(2)).containsExactly(1L, 2L);
    }

    @Test
    void beginsAnewWhenTheAuthServiceCountsFromALowerNumber() {
        follow(Duration.ofMillis(200));
        IntStream.range(0, 5).forEach(_ -> relay(revoke()));
        assertThat(taken.next(5)).hasSize(5);

        redis.send(Request.cmd(Command.DEL).arg(StreamKeys.AUTH_EVENTS));
        authService.restore(2);
        assertThat(taken.nextRestart()).isEqualTo(2);
        relay(revoke());

        assertThat(taken.next(1)).containsExactly(3L);
    }

    @Test
    void beginsAnewWhenEventsAreNotKeptAnyMore() {
        IntStream.range(0, 5).forEach(_ -> revoke());
        authService.forgetEvents(3);

        follow(NEVER);
        assertThat(taken.nextRestart()).isEqualTo(5);
        relay(revoke());

        assertThat(taken.next(1)).containsExactly(6L);
    }

    @Test
    void takesAgainWhatItsHandlerRefused() {
        follow(NEVER);
        taken.refuse(3);

        relay(revoke());

        assertThat(taken.next(1)).containsExactly(1L);
    }

    private void follow(Duration pollInterval) {
        follower = follower(pollInterval);
        follower.start();
        assertThat(follower.awaitStart(Duration.ofSeconds(DEADLINE_SECONDS))).isTrue();
    }

    private AuthEventFollower follower(Duration pollInterval) {
        var config = QuickConfig.of(authService.url(), pollInterval);
        return new AuthEventFollower(
                "test",
                taken,
                new AuthServiceClient(JsonDialect.newMapper(), config),
                Redis.createClient(vertx, server.uri()),
                config,
                registry);
    }

    private AuthEvent revoke() {
        return authService.revoke(SessionId.random());
    }

    private void relay(AuthEvent event) {
        var request = Request.cmd(Command.XADD).arg(StreamKeys.AUTH_EVENTS).arg(event.n() + "-0");
        event.toFields().forEach((name, value) -> request.arg(name).arg(value));
        try {
            redis.send(request);
        } catch (RedisUnavailableException e) {
            redis.send(request); // its connection ended with the Redis that was killed
        }
    }

    private double healed() {
        return registry.get("parley.auth.events.healed").counter().count();
    }

    /// Keeps the numbers of what it took.
    private static final class Taken implements AuthEventHandler {

        private final LinkedBlockingQueue<Long> numbers = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<Long> restarts = new LinkedBlockingQueue<>();
        private final AtomicInteger refusals = new AtomicInteger();

        void refuse(int times) {
            refusals.set(times);
        }

        @Override
        public long start() {
            return 0;
        }

        @Override
        public void take(List<AuthEvent> events) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("refused on purpose");
            }
            events.forEach(event -> numbers.add(event.n()));
        }

        @Override
        public long restart(long lastN) {
            restarts.add(lastN);
            return lastN;
        }

        List<Long> next(int number) {
            return IntStream.range(0, number).mapToObj(_ -> poll(numbers)).toList();
        }

        long nextRestart() {
            return poll(restarts);
        }

        private static long poll(LinkedBlockingQueue<Long> queue) {
            try {
                var number = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
                if (number == null) {
                    throw new AssertionError("nothing more was taken");
                }
                return number;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
