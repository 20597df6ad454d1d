package dev.parley.room.participant;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/// What a participant may do in a room, the most powerful first.
public enum Role {
    OWNER,
    ADMIN,
    MEMBER;

    /// @throws IllegalArgumentException if there is no such role
    @JsonCreator
    public static Role fromString(String text) {
        for (var role : values()) {
            if (role.toString().equals(text)) {
                return role;
            }
        }
        throw new IllegalArgumentException("no such role");
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The column's spelling.
    @Converter(autoApply = true)
    static final class InColumn implements AttributeConverter<Role, String> {

        @Override
        public String convertToDatabaseColumn(Role role) {
            return role.toString();
        }

        @Override
        public Role convertToEntityAttribute(String text) {
            return fromString(text);
        }
    }
}
