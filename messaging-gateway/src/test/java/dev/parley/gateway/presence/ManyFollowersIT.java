package dev.parley.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.feed.SharedBatch;
import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.RedisAPI;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// A large room whose sockets all come back at once, on the gateway's own event loops.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class ManyFollowersIT {

    private static final Logger LOG = Logger.getLogger(ManyFollowersIT.class);
    private static final int FOLLOWERS = 2_000;

    /// What a follower costs in one ZADD is about 75 bytes; all of them written at each join would be 75,000 for each.
    private static final int BYTES_PER_JOIN = 1_000;

    private final UserId alice = UserId.random();
    private final List<UserId> users =
            Stream.generate(UserId::random).limit(FOLLOWERS).toList();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room =
            roomService.room(Stream.concat(Stream.of(alice), users.stream()).toArray(UserId[]::new));

    @Inject
    Presence presence;

    @Inject
    Vertx vertx;

    @Inject
    RedisAPI redis;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void sendsRedisWhatGrowsWithThoseWhoCome() throws IOException {
        var client = ChatClient.open(port, "/ws/chat/" + room + "/?token=" + Scene.token(alice));
        client.await("presence.snapshot", 1);
        var alone = latencies(client, 0);
        var followers = users.stream().map(this::follower).toList();
        var commands = commands();
        var bytes = statistic("stats", "total_net_input_bytes:(\\d+)");

        followers.forEach(follower -> presence.watch(room, follower));
        var meanwhile = latencies(client, alone.size());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(followers)
                        .allSatisfy(follower ->
                                assertThat(follower.frames("presence.snapshot")).hasSize(1)));
        var bytesSent = statistic("stats", "total_net_input_bytes:(\\d+)") - bytes;
        var commandsSent = commands() - commands;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(client.frames("presence.count"))
                        .last()
                        .satisfies(count ->
                                assertThat(count.getInteger("online_count")).isEqualTo(FOLLOWERS + 1)));
        LOG.infof(
                "%d joins: %d commands, %d bytes; events of the room: %d µs at most alone, %d meanwhile",
                FOLLOWERS, commandsSent, bytesSent, alone.getLast(), meanwhile.getLast());
        assertThat(commandsSent).isBetween(1L, 3L * FOLLOWERS);
        assertThat(bytesSent).isBetween(36L * FOLLOWERS, (long) BYTES_PER_JOIN * FOLLOWERS);
        followers.forEach(follower -> presence.unwatch(room, follower));
        client.close();
    }

    /// Says 100 things in half a second.
    /// @return how long they took to arrive, in microseconds, ascending
    private List<Long> latencies(ChatClient client, int before) {
        for (int i = 0; i < 100; i++) {
            roomService.say(room, alice, Long.toString(System.nanoTime()));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        client.await("message.created", before + 100);
        var frames = client.raw();
        var arrivals = client.arrivals();
        return IntStream.range(0, frames.size())
                .filter(i -> frames.get(i).contains("message.created"))
                .skip(before)
                .mapToObj(i -> arrivals.get(i) - Long.parseLong(new JsonObject(frames.get(i)).getString("content")))
                .map(TimeUnit.NANOSECONDS::toMicros)
                .sorted()
                .toList();
    }

    /// Those that followers cause.
    private long commands() {
        return Stream.of("zadd", "zcount", "pexpire")
                .mapToLong(name -> statistic("commandstats", "cmdstat_" + name + ":calls=(\\d+)"))
                .sum();
    }

    private long statistic(String section, String pattern) {
        var info = redis.info(List.of(section))
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .toString();
        var matcher = Pattern.compile(pattern).matcher(info);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    @SuppressWarnings("deprecation") // Vert.x 5 renames the accessor; 4.5 has no other
    private Follower follower(UserId user) {
        return new Follower(user, ((VertxInternal) vertx).nettyEventLoopGroup().next(), new CopyOnWriteArrayList<>());
    }

    private record Follower(UserId userId, EventLoop eventLoop, List<String> heard) implements Watcher {

        @Override
        public void presence(SharedBatch frame) {
            heard.add(frame.encoding("test", bodies -> Unpooled.wrappedBuffer(bodies.getFirst()))
                    .toString(StandardCharsets.UTF_8));
        }

        @Override
        public void presence(RoomId room, SharedBatch frame) {
            presence(frame);
        }

        List<String> frames(String type) {
            var found = new ArrayList<String>();
            heard.stream().filter(each -> each.contains(type)).forEach(found::add);
            return found;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
