package dev.parley.model.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/// A message, which is the same one after an edit or a deletion.
public record MessageId(UUID value) {

    public static MessageId random() {
        return new MessageId(Ids.next());
    }

    /// @throws IllegalArgumentException if `text` is not a UUID in its canonical form of 36 characters
    @JsonCreator
    public static MessageId fromString(String text) {
        return new MessageId(Ids.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return value.toString();
    }
}
