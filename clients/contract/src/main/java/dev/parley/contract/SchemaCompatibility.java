package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/// Compares two versions of a schema, in the direction in which its values travel: what clients send may only become
/// freer, what they receive may only become tighter.
final class SchemaCompatibility {

    private static final String PREFIX = "#/components/schemas/";
    private static final List<String> LEAST = List.of("minLength", "minItems", "minimum");
    private static final List<String> MOST = List.of("maxLength", "maxItems", "maximum");

    private enum Direction {
        SENT,
        RECEIVED
    }

    /// A pair of places that has been compared, or is being: schemas refer to each other.
    private record Seen(Direction direction, JsonNode before, JsonNode after) {}

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaks;
    private final Set<Seen> seen = new HashSet<>();

    SchemaCompatibility(JsonNode before, JsonNode after, List<String> breaks) {
        this.before = before;
        this.after = after;
        this.breaks = breaks;
    }

    void sent(String place, JsonNode old, JsonNode now) {
        compare(Direction.SENT, place, old, now);
    }

    void received(String place, JsonNode old, JsonNode now) {
        compare(Direction.RECEIVED, place, old, now);
    }

    private void compare(Direction direction, String place, JsonNode old, JsonNode now) {
        if (!seen.add(new Seen(direction, old, now))) {
            return;
        }
        var oldName = nameOf(old);
        var newName = nameOf(now);
        if (!oldName.equals(newName)) {
            breaks.add("%s: schema %s is %s now".formatted(place, nameForPeople(oldName), nameForPeople(newName)));
        }
        var was = resolved(before, old);
        var is = resolved(after, now);
        // Within a named schema the name is the shorter way to say where.
        var here = newName.isEmpty() ? place : newName + " (" + direction.name().toLowerCase(Locale.ROOT) + ")";
        types(direction, here, was, is);
        same("format", here, was, is);
        if (direction == Direction.SENT) {
            same("pattern", here, was, is);
            bounds(here, was, is);
        }
        members(direction, here, was, is);
        if (was.has("items") || is.has("items")) {
            compare(direction, here + "[]", was.path("items"), is.path("items"));
        }
    }

    private static String nameForPeople(String name) {
        return name.isEmpty() ? "without a name" : name;
    }

    /// The name of what a schema refers to; for `anyOf` a reference and null, too.
    private static String nameOf(JsonNode schema) {
        var ref = reference(schema).path("$ref").asText();
        return ref.startsWith(PREFIX) ? ref.substring(PREFIX.length()) : "";
    }

    private static JsonNode reference(JsonNode schema) {
        return StreamSupport.stream(schema.path("anyOf").spliterator(), false)
                .filter(option -> option.has("$ref"))
                .findFirst()
                .orElse(schema);
    }

    private static JsonNode resolved(JsonNode document, JsonNode schema) {
        var name = nameOf(schema);
        return name.isEmpty()
                ? schema
                : document.path("components").path("schemas").path(name);
    }

    /// `null` counts as a type.
    private void types(Direction direction, String place, JsonNode old, JsonNode now) {
        var was = types(old);
        var is = types(now);
        var understood = direction == Direction.SENT ? is : was;
        var travelling = direction == Direction.SENT ? was : is;
        if (!understood.containsAll(travelling)) {
            breaks.add("%s: type %s is %s now".formatted(place, was, is));
        }
    }

    private static Set<String> types(JsonNode schema) {
        var types = new TreeSet<String>();
        var type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(option -> types.add(option.asText()));
        return types;
    }

    private void same(String word, String place, JsonNode old, JsonNode now) {
        if (!old.path(word).equals(now.path(word))) {
            breaks.add("%s: %s %s is %s now"
                    .formatted(
                            place,
                            word,
                            old.path(word).asText("any"),
                            now.path(word).asText("any")));
        }
    }

    private void bounds(String place, JsonNode old, JsonNode now) {
        LEAST.stream()
                .filter(word -> now.has(word)
                        && (!old.has(word)
                                || now.path(word)
                                                .decimalValue()
                                                .compareTo(old.path(word).decimalValue())
                                        > 0))
                .forEach(word -> bound(place, word, old, now));
        MOST.stream()
                .filter(word -> now.has(word)
                        && (!old.has(word)
                                || now.path(word)
                                                .decimalValue()
                                                .compareTo(old.path(word).decimalValue())
                                        < 0))
                .forEach(word -> bound(place, word, old, now));
    }

    private void bound(String place, String word, JsonNode old, JsonNode now) {
        breaks.add("%s: %s %s is %s now"
                .formatted(
                        place,
                        word,
                        old.path(word).asText("none"),
                        now.path(word).asText()));
    }

    private void members(Direction direction, String place, JsonNode old, JsonNode now) {
        var required = required(now);
        var wasRequired = required(old);
        old.path("properties").properties().forEach(member -> {
            var name = place + "." + member.getKey();
            var there = now.path("properties").path(member.getKey());
            if (there.isMissingNode()) {
                breaks.add(name + " is gone");
                return;
            }
            var isRequired = required.contains(member.getKey());
            if (direction == Direction.SENT && isRequired && !wasRequired.contains(member.getKey())) {
                breaks.add(name + " is required now");
            }
            if (direction == Direction.RECEIVED && !isRequired && wasRequired.contains(member.getKey())) {
                breaks.add(name + " may be absent now");
            }
            nulls(direction, name, member.getValue(), there);
            compare(direction, name, member.getValue(), there);
        });
        if (direction == Direction.SENT) {
            required.stream()
                    .filter(name -> !old.path("properties").has(name))
                    .forEach(name -> breaks.add(place + "." + name + " is new and required"));
        }
    }

    /// Of an object, which says it by `anyOf`.
    private void nulls(Direction direction, String place, JsonNode old, JsonNode now) {
        var was = old.has("anyOf");
        var is = now.has("anyOf");
        if (direction == Direction.RECEIVED && is && !was) {
            breaks.add(place + " may be null now");
        }
        if (direction == Direction.SENT && was && !is) {
            breaks.add(place + " may not be null any more");
        }
    }

    private static Set<String> required(JsonNode schema) {
        var names = new TreeSet<String>();
        schema.path("required").forEach(name -> names.add(name.asText()));
        return names;
    }
}
