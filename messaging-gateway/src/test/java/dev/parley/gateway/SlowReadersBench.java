package dev.parley.gateway;

import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.RawSocket;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// How much slower the readers become when 200 sockets do not read, with and without them in turns, and what it takes
/// of memory. No test: it prints, and is run by name. Clients and gateway share a process.
///
/// `./parley test -pl messaging-gateway -am -Dit.test=SlowReadersBench`
@QuarkusTest
@TestProfile(SlowReadersBench.ManySocketsOfOneUser.class)
@QuarkusTestResource(Scene.class)
class SlowReadersBench {

    /// All that does not read is one user's.
    public static final class ManySocketsOfOneUser implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("parley.gateway.limit.sockets-per-user", "1000");
        }
    }

    private static final int DEAF = 200;
    private static final int READERS = 5;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = 20;
    private static final int ROUNDS = 3;
    private static final String CONTENT = "x".repeat(2_000);

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    MeterRegistry meters;

    @Test
    void printsTheRatio() {
        measure("warming up", 0);
        for (int round = 1; round <= ROUNDS; round++) {
            var alone = measure("alone", 0);
            var withDeaf = measure("with " + DEAF + " that do not read", DEAF);
            System.out.printf("p99 ratio %.2f%n", (double) withDeaf / alone);
        }
        System.out.println("in the end: " + memory());
    }

    /// @return the p99 from relay entry to receipt by all readers, in microseconds
    private long measure(String what, int deafSockets) {
        var memoryBefore = memory();
        var slowBefore = slowCloses();
        var readers = IntStream.range(0, READERS).mapToObj(_ -> reader()).toList();
        readers.forEach(reader -> reader.await("hello", 1));
        var deaf = IntStream.range(0, deafSockets).mapToObj(_ -> deaf()).toList();
        var mostQueued = 0.0;
        var mostBuffers = 0L;
        var machine = new Lateness();
        var start = System.nanoTime();
        for (int i = 0; i < PER_SECOND * SECONDS; i++) {
            var due = start + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
            roomService.say(room, alice, System.nanoTime() + " " + CONTENT);
            if (i % PER_SECOND == 0) {
                mostQueued = Math.max(
                        mostQueued, meters.get("parley.socket.queue").gauge().value());
                mostBuffers = Math.max(mostBuffers, bufferBytes());
            }
        }
        readers.forEach(reader -> reader.await("message.created", PER_SECOND * SECONDS));
        var machineP99 = machine.stop();
        var micros = readers.stream()
                .flatMapToLong(SlowReadersBench::latencies)
                .sorted()
                .toArray();
        readers.forEach(ChatClient::close);
        deaf.forEach(SlowReadersBench::close);
        awaitAllGone();
        var p99 = micros[micros.length * 99 / 100];
        System.out.printf(
                "%s: p50 %d µs, p99 %d µs, of a bare timer %d µs, closed as slow %.0f, queued at most %.1f MiB, buffers at most %d MiB;"
                        + " before: %s; load %.1f%n",
                what,
                micros[micros.length / 2],
                p99,
                machineP99,
                slowCloses() - slowBefore,
                mostQueued / (1 << 20),
                mostBuffers >> 20,
                memoryBefore,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return p99;
    }

    /// How late a thread of this process wakes that does nothing else, a thousand times a second: what the machine, the
    /// collector and other processes add to every latency of a turn.
    private static final class Lateness {

        private final LongStream.Builder micros = LongStream.builder();
        private final Thread thread = Thread.ofPlatform().daemon().start(this::run);
        private volatile boolean stopped;

        private void run() {
            var due = System.nanoTime();
            while (!stopped) {
                due += TimeUnit.MILLISECONDS.toNanos(1);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
            }
        }

        /// @return its p99, in microseconds
        long stop() {
            stopped = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            var sorted = micros.build().sorted().toArray();
            return sorted[sorted.length * 99 / 100];
        }
    }

    private void awaitAllGone() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("parley.socket.open").gauge().value() == 0);
    }

    /// Of each message, which says when it was sent.
    private static LongStream latencies(ChatClient reader) {
        var frames = reader.raw();
        var arrivals = reader.arrivals();
        return IntStream.range(0, frames.size())
                .filter(i -> frames.get(i).contains("message.created"))
                .mapToLong(i -> arrivals.get(i) - sentNanos(frames.get(i)))
                .map(TimeUnit.NANOSECONDS::toMicros);
    }

    private static long sentNanos(String frame) {
        var content = new JsonObject(frame).getString("content");
        return Long.parseLong(content.substring(0, content.indexOf(' ')));
    }

    private static String memory() {
        System.gc();
        return "heap %d MiB, buffers %d MiB, resident %d MiB"
                .formatted(heapBytes() >> 20, bufferBytes() >> 20, residentKibibytes() >> 10);
    }

    private static long heapBytes() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /// Outside the heap; what is free again stays taken.
    private static long bufferBytes() {
        return Math.max(0, PlatformDependent.usedDirectMemory())
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private static long residentKibibytes() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    private double slowCloses() {
        var counter =
                meters.find("parley.socket.ended").tag("cause", "slow_consumer").counter();
        return counter == null ? 0 : counter.count();
    }

    private ChatClient reader() {
        try {
            return ChatClient.open(port, url(bob));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawSocket deaf() {
        try {
            return RawSocket.open(port, url(alice), 4_096);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(RawSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String url(UserId user) {
        return "/ws/chat/" + room + "/?token=" + Scene.token(user);
    }
}
