package dev.parley.model.stream;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of an entry. Every complaint names the field and is an [IllegalArgumentException].
record FieldReader(Map<String, String> fields) {

    @Nullable
    String optional(String name) {
        return fields.get(name);
    }

    <T> @Nullable T optional(String name, Function<String, T> parser) {
        var value = fields.get(name);
        return value == null ? null : parse(name, value, parser);
    }

    String text(String name) {
        return required(name, Function.identity());
    }

    int integer(String name) {
        return required(name, Integer::valueOf);
    }

    long number(String name) {
        return required(name, Long::valueOf);
    }

    <T> T required(String name, Function<String, T> parser) {
        var value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return parse(name, value, parser);
    }

    private static <T> T parse(String name, String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("field " + name + " is misshapen", e);
        }
    }
}
