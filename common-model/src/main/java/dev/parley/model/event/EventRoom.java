package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.RoomId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A room as it stands in events: the same for every reader.
/// @param roomType `private` or `group`
/// @param name null when private
@JsonPropertyOrder({"id", "room_type", "name", "created_at", "participant_count"})
public record EventRoom(
        RoomId id, String roomType, @Nullable String name, Instant createdAt, int participantCount) {}
