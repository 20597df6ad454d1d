package dev.parley.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// An account, as the auth service knows it.
public record UserId(UUID value) {

    public static UserId random() {
        return new UserId(Ids.next());
    }

    /// @throws IllegalArgumentException if `text` is not a UUID in its canonical form of 36 characters
    @JsonCreator
    public static UserId fromString(String text) {
        return new UserId(Ids.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
