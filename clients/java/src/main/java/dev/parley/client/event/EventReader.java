package dev.parley.client.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;

/// Reads events from their JSON, of a socket or of `GET …/events/`.
///
/// A frame of a known type whose members are not what this version expects becomes one of the unknown forms, so that a
/// server that changes can never make a client lose count. *Thread*: any.
public final class EventReader {

    private EventReader() {}

    /// An entry of a room's log, or nothing if the frame is none: it has no room or no `seq`.
    public static Optional<LogEvent> logEvent(JsonNode frame) {
        Optional<UUID> room = uuid(frame.path("room_id"));
        JsonNode seq = frame.path("seq");
        if (room.isEmpty() || !seq.isIntegralNumber() || !seq.canConvertToLong()) {
            return Optional.empty();
        }
        return Optional.of(known(frame).orElseGet(() -> other(frame, room.get(), seq.longValue())));
    }

    /// A frame without a `seq`.
    public static Event event(JsonNode frame) {
        String type = frame.path("type").asText();
        Optional<Class<? extends Event>> form = Optional.ofNullable(
                switch (type) {
                    case "typing" -> Moment.Typing.class;
                    case "read.updated" -> Moment.ReadUpdated.class;
                    case "presence.snapshot" -> Moment.PresenceSnapshot.class;
                    case "presence.count" -> Moment.PresenceCount.class;
                    case "presence.updated" -> AccountEvent.PresenceUpdated.class;
                    case "user.updated" -> AccountEvent.UserUpdated.class;
                    case "room.added" -> AccountEvent.RoomAdded.class;
                    case "room.removed" -> AccountEvent.RoomRemoved.class;
                    default -> null;
                });
        return form.<Event>flatMap(known -> read(frame, known))
                .orElseGet(() -> new Event.Unknown(type, frame.toString()));
    }

    private static Optional<LogEvent> known(JsonNode frame) {
        Optional<Class<? extends LogEvent>> form = Optional.ofNullable(
                switch (frame.path("type").asText()) {
                    case "message.created" -> LogEvent.MessageCreated.class;
                    case "message.updated" -> LogEvent.MessageUpdated.class;
                    case "message.deleted" -> LogEvent.MessageDeleted.class;
                    case "reaction.added" -> LogEvent.ReactionAdded.class;
                    case "reaction.removed" -> LogEvent.ReactionRemoved.class;
                    case "participant.added" -> LogEvent.ParticipantAdded.class;
                    case "participant.updated" -> LogEvent.ParticipantUpdated.class;
                    case "participant.removed" -> LogEvent.ParticipantRemoved.class;
                    case "room.updated" -> LogEvent.RoomUpdated.class;
                    case "room.deleted" -> LogEvent.RoomDeleted.class;
                    default -> null;
                });
        return form.flatMap(known -> read(frame, known));
    }

    private static LogEvent other(JsonNode frame, UUID room, long seq) {
        return new LogEvent.Other(
                room,
                seq,
                instant(frame.path("timestamp")),
                uuid(frame.path("actor_id")).orElse(new UUID(0, 0)),
                frame.path("type").asText(),
                frame.toString());
    }

    private static <T> Optional<T> read(JsonNode frame, Class<? extends T> form) {
        try {
            return Optional.of(Json.MAPPER.treeToValue(frame, form));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException unexpected) {
            return Optional.empty();
        }
    }

    private static Instant instant(JsonNode text) {
        try {
            return Instant.parse(text.asText());
        } catch (DateTimeParseException unexpected) {
            return Instant.EPOCH;
        }
    }

    /// An id, or nothing if it is none.
    public static Optional<UUID> uuid(JsonNode text) {
        try {
            return text.isTextual() ? Optional.of(UUID.fromString(text.textValue())) : Optional.empty();
        } catch (IllegalArgumentException unexpected) {
            return Optional.empty();
        }
    }
}
