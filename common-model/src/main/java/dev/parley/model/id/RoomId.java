package dev.parley.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A room and its log.
public record RoomId(UUID value) {

    public static RoomId random() {
        return new RoomId(Ids.next());
    }

    /// @throws IllegalArgumentException if `text` is not a UUID in its canonical form of 36 characters
    @JsonCreator
    public static RoomId fromString(String text) {
        return new RoomId(Ids.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
