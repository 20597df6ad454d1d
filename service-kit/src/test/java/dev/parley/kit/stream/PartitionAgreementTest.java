package dev.parley.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.embedded.FreePorts;
import dev.parley.embedded.RedisServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several processes, played by as many instances, on one real Redis.
class PartitionAgreementTest {

    private static final String KEY = "stream-partitions";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<PartitionAgreement> started = new ArrayList<>();
    private RedisServer server;
    private Redis redis;

    @BeforeEach
    void startRedis() {
        server = RedisServer.start(directory, FreePorts.next());
        redis = Redis.createClient(vertx, server.uri());
    }

    @AfterEach
    void stop() {
        started.forEach(process -> process.stop(new ShutdownEvent()));
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    @Test
    void refusesTheNewcomerThatWritesWhatOthersDoNotRead() {
        var gateway = start("gateway", 16, 16);

        var newcomer = start("room-service", 32, 32);

        assertThat(newcomer.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(reason(newcomer)).matches("gateway-\\S+ reads 16 partitions, 32 are written here");
        again(gateway);
        assertThat(gateway.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void refusesTheNewcomerThatDoesNotReadWhatOthersWrite() {
        var gateway = start("gateway", 32, 32);

        var newcomer = start("room-service", 16, 16);

        assertThat(newcomer.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(reason(newcomer)).matches("gateway-\\S+ writes 32 partitions, 16 are read here");
        again(gateway);
        assertThat(gateway.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    /// First all read more, then all write more; at no time does anybody disagree.
    @Test
    void agreesThroughTwoRollOuts() {
        var old = List.of(start("gateway", 16, 16), start("room-service", 16, 16));
        var readers = List.of(start("gateway", 16, 32), start("room-service", 16, 32));
        readers.forEach(this::again);
        old.forEach(this::again);
        assertThat(old).allMatch(PartitionAgreementTest::isReady);
        assertThat(readers).allMatch(PartitionAgreementTest::isReady);

        old.forEach(process -> process.stop(new ShutdownEvent()));
        var writers = List.of(start("gateway", 32, 32), start("room-service", 32, 32));
        readers.forEach(this::again);

        assertThat(readers).allMatch(PartitionAgreementTest::isReady);
        assertThat(writers).allMatch(PartitionAgreementTest::isReady);
    }

    @Test
    void isReadyOnceTheOtherHasGone() {
        var old = start("gateway", 16, 16);
        var newcomer = start("room-service", 32, 32);
        old.stop(new ShutdownEvent());

        again(newcomer);

        assertThat(isReady(newcomer)).isTrue();
    }

    /// Its announcement falls by itself: here it has fallen a moment ago.
    @Test
    void forgetsWhoDoesNotSayItAnyMore() {
        var now = System.currentTimeMillis();
        await(redis.send(Request.cmd(Command.ZADD).arg(KEY).arg(now - 1).arg("8 8 killed")));

        assertThat(isReady(start("gateway", 16, 16))).isTrue();
    }

    @Test
    void leavesAnAnnouncementForHalfAMinute() {
        start("gateway", 16, 16);

        var left = await(redis.send(Request.cmd(Command.PTTL).arg(KEY))).toLong();
        assertThat(left).isBetween(20_000L, PartitionAgreement.STANDS.toMillis());
    }

    /// Those who agreed have said so again before one that was refused announces itself.
    @Test
    void keepsAnnouncingBehindThoseWhoAgreedWhenRedisIsFlushed() {
        var gateway = start("gateway", 16, 16);
        var newcomer = start("room-service", 32, 32);
        await(redis.send(Request.cmd(Command.FLUSHALL)));

        again(newcomer);
        again(gateway);
        again(newcomer);

        assertThat(isReady(gateway)).isTrue();
        assertThat(isReady(newcomer)).isFalse();
    }

    @Test
    void doesNotTakeIgnoranceForDisagreement() {
        start("gateway", 16, 16);
        var newcomer = start("room-service", 32, 32);
        server.close();

        assertThat(newcomer.announce().toCompletionStage().toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS);

        assertThat(isReady(newcomer)).isTrue();
        assertThat(isReady(start("gateway", 16, 16))).isTrue();
    }

    @Test
    void ignoresWhatIsNoAnnouncement() {
        var later = System.currentTimeMillis() + 60_000;
        for (var member : List.of("", "nonsense", "99999999999 1 gateway", "-1 1 gateway", "1 gateway")) {
            await(redis.send(Request.cmd(Command.ZADD).arg(KEY).arg(later).arg(member)));
        }

        assertThat(isReady(start("gateway", 16, 16))).isTrue();
    }

    @Test
    void doesNotStartWhenItWouldNotReadWhatItWrites() {
        assertThatThrownBy(() -> start("gateway", 32, 16))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("parley.streams.partitions.read is 16, below parley.streams.partitions, which is 32");
    }

    private PartitionAgreement start(String application, int writes, int reads) {
        var process = new PartitionAgreement(
                vertx, redis, new Streams(writes, reads, 4_000), application, new SimpleMeterRegistry());
        process.start(new StartupEvent());
        started.add(process);
        return process;
    }

    private void again(PartitionAgreement process) {
        await(process.announce());
    }

    private static boolean isReady(PartitionAgreement process) {
        return process.call().getStatus() == HealthCheckResponse.Status.UP;
    }

    private static String reason(PartitionAgreement process) {
        return String.valueOf(process.call().getData().orElseThrow().get("disagreements"));
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private record Streams(int partitions, int partitionsRead, int signalLength) implements StreamsConfig {}
}
