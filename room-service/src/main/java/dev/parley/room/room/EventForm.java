package dev.parley.room.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.model.event.EventMessage;
import dev.parley.model.event.EventRoom;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.participant.ParticipantView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What the document says an event of the log looks like: one flat object with the members of every type, since a
/// generated union would break on a type that is added later. Only a shape; `EventFormTest` holds it to the real
/// events.
@Schema(name = "RoomEvent")
@SuppressWarnings("unused")
record EventForm(
        String type,
        RoomId roomId,
        long seq,
        Instant timestamp,
        UserId actorId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EventMessage message,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MessageId messageId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long messageSeq,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String emoji,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UserId userId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer count,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ParticipantView participant,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EventRoom room) {}
