package dev.parley.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// One socket on one gateway, from its upgrade to its end.
public record ConnectionId(UUID value) {

    public static ConnectionId random() {
        return new ConnectionId(Ids.next());
    }

    /// @throws IllegalArgumentException if `text` is not a UUID in its canonical form of 36 characters
    @JsonCreator
    public static ConnectionId fromString(String text) {
        return new ConnectionId(Ids.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
