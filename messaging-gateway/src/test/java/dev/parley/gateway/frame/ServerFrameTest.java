package dev.parley.gateway.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.EventRoom;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The bytes of every frame, against `golden/server/<name>.json`: what stands there is what clients were promised.
class ServerFrameTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UserId USER = UserId.fromString("0198c0de-0000-7000-8000-000000000002");
    private static final MessageId MESSAGE = MessageId.fromString("0198c0de-0000-7000-8000-000000000003");
    private static final Instant TIME = Instant.parse("2026-11-22T14:23:05.120Z");

    private static final Map<String, ServerFrame> FRAMES = Map.ofEntries(
            Map.entry(
                    "hello",
                    new ServerFrame.Hello(
                            "c-1", USER, 25_000, 65_536, 1_000, TIME.plusSeconds(900), TIME, ROOM, 42L, 1L)),
            Map.entry(
                    "hello-multi",
                    new ServerFrame.Hello(
                            "c-1", USER, 25_000, 65_536, 1_000, TIME.plusSeconds(900), TIME, null, null, null)),
            Map.entry("ack-send", new ServerFrame.SendAck("7", "cm-1", MESSAGE, ROOM, 43, TIME, false)),
            Map.entry(
                    "ack-subscribe",
                    new ServerFrame.SubscribeAck(
                            "s",
                            List.of(new ServerFrame.SubscribeAck.Followed(ROOM, 42, 1)),
                            List.of(new ServerFrame.SubscribeAck.Refused("nope", ProblemCode.ROOM_NOT_FOUND)))),
            Map.entry("ack-unsubscribe", new ServerFrame.UnsubscribeAck("u")),
            Map.entry("ack-read", new ServerFrame.ReadAck("r", 42, 0)),
            Map.entry("ack-auth-refresh", new ServerFrame.RefreshAck("a", TIME)),
            Map.entry("error", ServerFrame.Failure.of("7", ProblemCode.UNAVAILABLE, "send it again")),
            Map.entry(
                    "error-without-id",
                    ServerFrame.Failure.of(null, ProblemCode.MALFORMED, "a frame is one JSON object")),
            Map.entry("resumed", new ServerFrame.ReplayEnd(ROOM, 11, 42, 42, 1, true)),
            Map.entry("typing", new ServerFrame.Typing(ROOM, USER, "alice", true)),
            Map.entry(
                    "room-added",
                    new ServerFrame.RoomListChanged(
                            new RoomListChange.Added(new EventRoom(ROOM, "group", "Tea", TIME, 2)))),
            Map.entry("room-removed", new ServerFrame.RoomListChanged(new RoomListChange.Removed(ROOM))),
            Map.entry("auth-expiring", new ServerFrame.AuthExpiring(TIME)),
            Map.entry("server-draining", new ServerFrame.Draining(1_500)),
            Map.entry("presence-snapshot", new ServerFrame.PresenceSnapshot(ROOM, List.of(USER), 1)),
            Map.entry("presence-snapshot-large", new ServerFrame.PresenceSnapshot(ROOM, null, 250)),
            Map.entry("presence-updated", new ServerFrame.PresenceUpdated(USER, "online", TIME)),
            Map.entry("presence-count", new ServerFrame.PresenceCount(ROOM, 250)),
            Map.entry("pong", new ServerFrame.Pong("p")),
            Map.entry("pong-without-id", new ServerFrame.Pong(null)));

    private final FrameWriter writer = new FrameWriter(JsonDialect.newMapper());

    static List<String> names() throws IOException {
        return Golden.names("server");
    }

    @ParameterizedTest
    @MethodSource("names")
    void isWhatClientsWerePromised(String name) throws IOException {
        assertThat(FRAMES).containsKey(name);
        assertThat(new String(writer.write(FRAMES.get(name)), UTF_8)).isEqualTo(Golden.read("server", name));
    }

    @Test
    void hasAGoldenFileForEveryFrame() throws IOException {
        assertThat(names()).containsExactlyInAnyOrderElementsOf(FRAMES.keySet());
        assertThat(FRAMES.values().stream().map(ServerFrame::getClass).distinct())
                .hasSize(ServerFrame.class.getPermittedSubclasses().length);
    }
}
