package dev.parley.room.signal;

import static dev.parley.kit.testing.SocketDocument.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.kit.json.JsonDialect;
import dev.parley.kit.testing.SocketDocument;
import dev.parley.model.event.EventRoom;
import dev.parley.model.event.RoomListChange;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The frames that this service writes and gateways pass on, against the AsyncAPI document of the socket.
class SignalFramesTest {

    private static final RoomId ROOM = RoomId.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final UserId USER = UserId.fromString("0198c0de-0000-7000-8000-000000000002");

    private static final Map<Frame, String> FRAMES = Map.of(
            new Frame.ReadUpdated(ROOM, USER, 42, null), "ReadUpdated",
            new Frame.ReadUpdated(ROOM, USER, 42, 7), "ReadUpdated",
            new Frame.RoomListChanged(new RoomListChange.Added(new EventRoom(ROOM, "private", null, Instant.EPOCH, 2))),
                    "RoomAdded",
            new Frame.RoomListChanged(new RoomListChange.Removed(ROOM)), "RoomRemoved",
            new Frame.UserUpdated(UserRef.present(USER, "ada", "Ada")), "UserUpdated",
            new Frame.UserUpdated(UserRef.erased(USER)), "UserUpdated");

    @Test
    void areAsDescribed() throws JsonProcessingException {
        var document = SocketDocument.read();
        var json = JsonDialect.newMapper();

        for (var frame : FRAMES.entrySet()) {
            var text = json.writeValueAsString(frame.getKey());
            assertThat(document.matches(TO_CLIENT, text)).as(text).containsExactly(frame.getValue());
        }
        assertThat(FRAMES.keySet().stream().map(Object::getClass).distinct())
                .hasSameSizeAs(Frame.class.getPermittedSubclasses());
    }
}
