package dev.parley.gateway.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.json.JsonDialect;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes of every frame, against `golden/<name>.json`: what stands there is what clients were promised.
class ServerFrameTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UserId USER = UserId.fromString("0198c0de-0000-7000-8000-000000000002");
    private static final MessageId MESSAGE = MessageId.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final Instant TIME = Instant.parse("2026-11-22T14:23:05.120Z");

    private final FrameWriter writer = new FrameWriter(JsonDialect.newMapper());

    static Stream<Map.Entry<String, ServerFrame>> frames() {
        return Map.<String, ServerFrame>of(
                "hello",
                new ServerFrame.Hello("c-1", USER, 25_000, 65_536, 1_000, TIME.plusSeconds(900), TIME, ROOM, 42L, 1L),
                "hello-multi",
                new ServerFrame.Hello(
                        "c-1", USER, 25_000, 65_536, 1_000, TIME.plusSeconds(900), TIME, null, null, null),
                "ack-send",
                new ServerFrame.SendAck("7", "cm-1", MESSAGE, ROOM, 43, TIME, false),
                "error",
                ServerFrame.Failure.of("7", ProblemCode.UNAVAILABLE, "send it again"),
                "error-without-id",
                ServerFrame.Failure.of(null, ProblemCode.MALFORMED, "a frame is one JSON object"),
                "resumed",
                new ServerFrame.ReplayEnd(ROOM, 11, 42, 42, 1, true),
                "auth-expiring",
                new ServerFrame.AuthExpiring(TIME),
                "server-draining",
                new ServerFrame.Draining(1_500),
                "pong",
                new ServerFrame.Pong("p"),
                "pong-without-id",
                new ServerFrame.Pong(null))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void isWhatClientsWerePromised(Map.Entry<String, ServerFrame> frame) throws IOException {
        assertThat(new String(writer.write(frame.getValue()), UTF_8)).isEqualTo(golden(frame.getKey()));
    }

    private static String golden(String name) throws IOException {
        try (var file = ServerFrameTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(file).as(name).isNotNull();
            return new String(file.readAllBytes(), UTF_8).strip();
        }
    }
}
