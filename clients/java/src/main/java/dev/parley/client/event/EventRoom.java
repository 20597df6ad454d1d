package dev.parley.client.event;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A room as events show it: the same for every reader.
///
/// @param roomType `private`, `group`, or what later servers know
/// @param name null when it is private
public record EventRoom(UUID id, String roomType, @Nullable String name, Instant createdAt, int participantCount) {
    public EventRoom {
        Objects.requireNonNull(id);
        Objects.requireNonNull(roomType);
        Objects.requireNonNull(createdAt);
    }
}
