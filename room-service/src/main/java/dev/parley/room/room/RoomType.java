package dev.parley.room.room;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/// The two kinds of room.
public enum RoomType {
    /// Two participants for ever; one room per pair.
    PRIVATE,
    /// A name, roles, any number of participants.
    GROUP;

    /// @throws IllegalArgumentException if there is no such type
    @JsonCreator
    public static RoomType fromString(String text) {
        for (var type : values()) {
            if (type.toString().equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no such room type");
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The column's spelling.
    @Converter(autoApply = true)
    static final class InColumn implements AttributeConverter<RoomType, String> {

        @Override
        public String convertToDatabaseColumn(RoomType type) {
            return type.toString();
        }

        @Override
        public RoomType convertToEntityAttribute(String text) {
            return fromString(text);
        }
    }
}
