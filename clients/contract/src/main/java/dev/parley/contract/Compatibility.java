package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Finds what a new version of a document breaks for clients of the old one: those that were generated from it, too, so
/// that names of operations and schemas count.
///
/// It knows the forms that our documents have, and no more of JSON Schema than that; [UnknownForms] refuses the rest,
/// so
/// that nothing passes because it was not understood. Descriptions, tags and examples break nothing, and neither do new
/// operations, optional inputs, members of answers, problems and codes: clients have to expect these.
final class Compatibility {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete", "head", "options");
    private static final char SUCCESS = '2';

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaks = new ArrayList<>();
    private final SchemaCompatibility schemas;

    private Compatibility(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
        this.schemas = new SchemaCompatibility(before, after, breaks);
    }

    /// @return one line for each break, in the order of the old document; empty when every client goes on working
    static List<String> breaks(JsonNode before, JsonNode after) {
        UnknownForms.refuse(before);
        UnknownForms.refuse(after);
        return new Compatibility(before, after).compare();
    }

    private List<String> compare() {
        var kept = operations(after);
        operations(before).forEach((name, old) -> {
            var now = kept.get(name);
            if (now == null) {
                breaks.add(name + " is gone");
            } else {
                compare(name, old, now);
            }
        });
        return breaks.stream().distinct().toList();
    }

    private static Map<String, JsonNode> operations(JsonNode document) {
        var found = new LinkedHashMap<String, JsonNode>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> found.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue())));
        return found;
    }

    private void compare(String name, JsonNode old, JsonNode now) {
        if (!old.path("operationId").equals(now.path("operationId"))) {
            breaks.add("%s: operation id %s is %s now"
                    .formatted(
                            name,
                            old.path("operationId").asText(),
                            now.path("operationId").asText("none")));
        }
        if (demandsToken(now) && !demandsToken(old)) {
            breaks.add(name + ": wants a token now");
        }
        parameters(name, old, now);
        request(name, old.path("requestBody"), now.path("requestBody"));
        answers(name, old.path("responses"), now.path("responses"));
    }

    /// Not when one of the alternatives asks for nothing.
    private static boolean demandsToken(JsonNode operation) {
        var alternatives = operation.path("security");
        for (var alternative : alternatives) {
            if (alternative.isEmpty()) {
                return false;
            }
        }
        return !alternatives.isEmpty();
    }

    private void parameters(String name, JsonNode old, JsonNode now) {
        var was = parameters(old);
        var is = parameters(now);
        was.forEach((parameter, form) -> {
            var place = name + ": parameter " + parameter;
            var there = is.get(parameter);
            if (there == null) {
                breaks.add(place + " is gone");
            } else {
                if (there.path("required").asBoolean() && !form.path("required").asBoolean()) {
                    breaks.add(place + " is required now");
                }
                schemas.sent(place, form.path("schema"), there.path("schema"));
            }
        });
        is.forEach((parameter, form) -> {
            if (!was.containsKey(parameter) && form.path("required").asBoolean()) {
                breaks.add(name + ": parameter " + parameter + " is new and required");
            }
        });
    }

    private static Map<String, JsonNode> parameters(JsonNode operation) {
        var found = new LinkedHashMap<String, JsonNode>();
        operation
                .path("parameters")
                .forEach(parameter -> found.put(
                        parameter.path("name").asText() + " ("
                                + parameter.path("in").asText() + ")",
                        parameter));
        return found;
    }

    private void request(String name, JsonNode old, JsonNode now) {
        if (now.path("required").asBoolean() && !old.path("required").asBoolean()) {
            breaks.add(name + ": a body is required now");
        }
        old.path("content").properties().forEach(type -> {
            var there = now.path("content").path(type.getKey());
            if (there.isMissingNode()) {
                breaks.add(name + ": takes no " + type.getKey() + " any more");
            } else {
                schemas.sent(name + ": request", type.getValue().path("schema"), there.path("schema"));
            }
        });
    }

    private void answers(String name, JsonNode old, JsonNode now) {
        old.properties().forEach(answer -> {
            var place = name + ": answer " + answer.getKey();
            var there = now.path(answer.getKey());
            if (there.isMissingNode()) {
                breaks.add(place + " is gone");
            } else {
                answer(place, answer.getValue(), there);
            }
        });
        now.fieldNames().forEachRemaining(status -> {
            if (status.charAt(0) == SUCCESS && !old.has(status)) {
                breaks.add(name + ": answer " + status + " is a new way to succeed");
            }
        });
    }

    private void answer(String place, JsonNode old, JsonNode now) {
        old.path("headers").properties().forEach(header -> {
            var there = now.path("headers").path(header.getKey());
            if (there.isMissingNode()) {
                breaks.add(place + ": header " + header.getKey() + " is gone");
            } else {
                if (header.getValue().path("required").asBoolean()
                        && !there.path("required").asBoolean()) {
                    breaks.add(place + ": header " + header.getKey() + " may be absent now");
                }
                schemas.received(
                        place + ": header " + header.getKey(), header.getValue().path("schema"), there.path("schema"));
            }
        });
        old.path("content").properties().forEach(type -> {
            var there = now.path("content").path(type.getKey());
            if (there.isMissingNode()) {
                breaks.add(place + ": has no " + type.getKey() + " any more");
            } else {
                schemas.received(place, type.getValue().path("schema"), there.path("schema"));
            }
        });
        if (old.path("content").isEmpty() && !now.path("content").isEmpty()) {
            breaks.add(place + ": has a body now");
        }
    }
}
