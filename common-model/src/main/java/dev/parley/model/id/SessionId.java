package dev.parley.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A login on one device; the `sid` of its access tokens.
public record SessionId(UUID value) {

    public static SessionId random() {
        return new SessionId(Ids.next());
    }

    /// @throws IllegalArgumentException if `text` is not a UUID in its canonical form of 36 characters
    @JsonCreator
    public static SessionId fromString(String text) {
        return new SessionId(Ids.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
