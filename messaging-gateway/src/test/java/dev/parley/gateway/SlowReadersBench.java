package dev.parley.gateway;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.RawSocket;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// How much slower the readers become when 200 sockets do not read. No test: it prints, and is run by name.
///
/// `./parley test -pl messaging-gateway -am -Dit.test=SlowReadersBench`
@QuarkusTest
@QuarkusTestResource(Scene.class)
class SlowReadersBench {

    private static final int DEAF = 200;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 20;

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Test
    void printsTheRatio() throws IOException {
        measure("warming up");
        var alone = measure("alone");
        var deaf = new ArrayList<RawSocket>();
        for (int i = 0; i < DEAF; i++) {
            deaf.add(RawSocket.open(port, url(alice), 4_096));
        }
        var withDeaf = measure("with " + DEAF + " deaf sockets");
        System.out.printf("p99 ratio %.2f%n", (double) withDeaf / alone);
        for (var socket : deaf) {
            socket.close();
        }
    }

    /// @return the p99 from relay entry to receipt, in microseconds
    private long measure(String what) throws IOException {
        var reader = ChatClient.open(port, url(bob));
        reader.await("hello", 1);
        var start = System.nanoTime();
        for (int i = 0; i < PER_SECOND * SECONDS; i++) {
            var due = start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            roomService.say(room, alice, System.nanoTime() + " " + "x".repeat(2_000));
        }
        reader.await("message.created", PER_SECOND * SECONDS);
        var micros = latencies(reader);
        System.gc();
        var heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        var p99 = micros.get(micros.size() * 99 / 100);
        System.out.printf(
                "%s: p50 %d µs, p99 %d µs, heap after GC %d MiB%n",
                what, micros.get(micros.size() / 2), p99, heap >> 20);
        reader.close();
        return p99;
    }

    /// Ascending; a message says when it was sent.
    private static List<Long> latencies(ChatClient reader) {
        var frames = reader.raw();
        var arrivals = reader.arrivals();
        return IntStream.range(0, frames.size())
                .filter(i -> frames.get(i).contains("message.created"))
                .mapToLong(i -> arrivals.get(i) - sentNanos(frames.get(i)))
                .map(TimeUnit.NANOSECONDS::toMicros)
                .sorted()
                .boxed()
                .toList();
    }

    private static long sentNanos(String frame) {
        var content = new JsonObject(frame).getString("content");
        return Long.parseLong(content.substring(0, content.indexOf(' ')));
    }

    private String url(UserId user) {
        return "/ws/chat/" + room + "/?token=" + Scene.token(user);
    }
}
