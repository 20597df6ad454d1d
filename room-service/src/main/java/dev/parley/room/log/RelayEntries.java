package dev.parley.room.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.event.RoomEvent;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.UserId;
import dev.parley.model.stream.RelayEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serialises events: the one place where an event becomes the bytes that clients get.
@ApplicationScoped
public class RelayEntries {

    private final ObjectMapper json;

    RelayEntries(ObjectMapper json) {
        this.json = json;
    }

    public RelayEntry of(LoggedEvent logged) {
        var event = logged.event();
        return new RelayEntry(
                event.roomId(),
                logged.logEpoch(),
                event.seq(),
                event.type(),
                event.timestamp(),
                event.actorId(),
                logged.cause(),
                messageOf(event),
                usersOf(event),
                body(event));
    }

    private static @Nullable MessageId messageOf(RoomEvent event) {
        return switch (event) {
            case RoomEvent.MessageCreated created -> created.message().id();
            case RoomEvent.MessageUpdated updated -> updated.message().id();
            case RoomEvent.MessageDeleted deleted -> deleted.messageId();
            case RoomEvent.ReactionAdded added -> added.messageId();
            case RoomEvent.ReactionRemoved removed -> removed.messageId();
            case RoomEvent.ParticipantAdded _,
                    RoomEvent.ParticipantUpdated _,
                    RoomEvent.ParticipantRemoved _,
                    RoomEvent.RoomUpdated _,
                    RoomEvent.RoomDeleted _ -> null;
        };
    }

    private static List<UserId> usersOf(RoomEvent event) {
        return switch (event) {
            case RoomEvent.ParticipantAdded added ->
                List.of(added.participant().user().id());
            case RoomEvent.ParticipantUpdated updated ->
                List.of(updated.participant().user().id());
            case RoomEvent.ParticipantRemoved removed -> List.of(removed.userId());
            case RoomEvent.MessageCreated _,
                    RoomEvent.MessageUpdated _,
                    RoomEvent.MessageDeleted _,
                    RoomEvent.ReactionAdded _,
                    RoomEvent.ReactionRemoved _,
                    RoomEvent.RoomUpdated _,
                    RoomEvent.RoomDeleted _ -> List.of();
        };
    }

    private String body(RoomEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is not serialisable: " + event.type(), e);
        }
    }
}
