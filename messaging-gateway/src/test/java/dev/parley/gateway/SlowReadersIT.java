package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.gateway.scene.ChatClient;
import dev.parley.gateway.scene.PlayedRoomService;
import dev.parley.gateway.scene.RawSocket;
import dev.parley.gateway.scene.Scene;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/// `SlowReadersBench` is the same with 200 sockets and a clock.
@QuarkusTest
@QuarkusTestResource(Scene.class)
class SlowReadersIT {

    private static final int DEAF = 6;
    private static final int MESSAGES = 1_600;
    private static final String CONTENT = "x".repeat(7_000);

    /// Above the bound of one queue by what one turn may add to it.
    private static final long MAX_QUEUE_BYTES = (1L << 20) + (1 << 18);

    private final UserId alice = UserId.random();
    private final UserId bob = UserId.random();
    private final PlayedRoomService roomService = Scene.roomService();
    private final RoomId room = roomService.room(alice, bob);

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @Inject
    MeterRegistry meters;

    @Test
    void closesThemAndServesTheOthersInBoundedMemory() throws IOException {
        var slowBefore = slowCloses();
        var reader = ChatClient.open(port, url(bob));
        reader.await("hello", 1);
        var deaf = new ArrayList<RawSocket>();
        for (int i = 0; i < DEAF; i++) {
            deaf.add(RawSocket.open(port, url(alice), 4_096));
        }

        var most = 0.0;
        for (int i = 0; i < MESSAGES; i++) {
            roomService.say(room, alice, CONTENT);
            most = Math.max(most, meters.get("parley.socket.queue").gauge().value());
        }

        reader.await("message.created", MESSAGES);
        assertThat(reader.frames("message.created"))
                .extracting(event -> event.getLong("seq"))
                .isEqualTo(LongStream.rangeClosed(1, MESSAGES).boxed().toList());
        // They begin to read, and hear why; or they are cut off, when that could not be written in 5 s.
        for (var socket : deaf) {
            assertThat(lastWord(socket)).isIn("close:4508", "end", "reset");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> slowCloses() == slowBefore + DEAF);
        assertThat(most).isLessThan((DEAF + 1) * MAX_QUEUE_BYTES);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> meters.get("parley.socket.queue").gauge().value() < 1_024);
        for (var socket : deaf) {
            socket.close();
        }
        reader.close();
    }

    /// What is of the moment goes first; the log goes on, and the connection lives.
    @Test
    void shedsEphemeralFramesAtHalfTheQueue() throws IOException {
        var shedBefore = meters.counter("parley.socket.shed").count();
        try (var deaf = RawSocket.open(port, url(alice), 4_096)) {
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> {
                        roomService.say(room, alice, CONTENT);
                        roomService.signal(new Signal.Audience.OfRoom(room, null), "typing", "{\"type\":\"typing\"}");
                        return meters.counter("parley.socket.shed").count() > shedBefore;
                    });

            var slow = slowCloses();
            assertThat(deaf.read()).startsWith("text:{\"type\":\"hello\"");
            assertThat(slowCloses()).isEqualTo(slow);
        }
    }

    /// The close frame, or how the connection ended before one.
    private static String lastWord(RawSocket socket) throws IOException {
        try {
            while (true) {
                var frame = socket.read();
                if (!frame.startsWith("text:")) {
                    return frame;
                }
            }
        } catch (EOFException e) {
            return "end";
        } catch (SocketException e) {
            return "reset";
        }
    }

    private double slowCloses() {
        var counter =
                meters.find("parley.socket.ended").tag("cause", "slow_consumer").counter();
        return counter == null ? 0 : counter.count();
    }

    private String url(UserId user) {
        return "/ws/chat/" + room + "/?token=" + Scene.token(user);
    }
}
