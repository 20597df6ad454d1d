package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/// Refuses documents with forms that the comparison does not understand: better no verdict than a wrong one.
final class UnknownForms {

    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "anyOf",
            "type",
            "format",
            "description",
            "properties",
            "items",
            "required",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minimum",
            "maximum",
            "pattern",
            "default",
            "examples");

    private UnknownForms() {}

    /// @throws IllegalArgumentException naming the place and the word
    static void refuse(JsonNode document) {
        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> check(schema.getKey(), schema.getValue()));
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    var name = operation.path("operationId").asText();
                    operation.path("parameters").forEach(parameter -> check(name, parameter.path("schema")));
                    bodies(name, operation.path("requestBody"));
                    operation.path("responses").forEach(answer -> {
                        bodies(name, answer);
                        answer.path("headers").forEach(header -> check(name, header.path("schema")));
                    });
                }));
    }

    private static void bodies(String name, JsonNode holder) {
        holder.path("content").forEach(type -> check(name, type.path("schema")));
    }

    private static void check(String place, JsonNode schema) {
        schema.fieldNames().forEachRemaining(word -> {
            if (!KNOWN.contains(word)) {
                throw unknown(place, word);
            }
        });
        schema.path("properties")
                .properties()
                .forEach(member -> check(place + "." + member.getKey(), member.getValue()));
        if (schema.has("items")) {
            check(place + "[]", schema.path("items"));
        }
        var options = schema.path("anyOf");
        if (schema.has("anyOf")
                && !(options.size() == 2
                        && options.get(0).has("$ref")
                        && "null".equals(options.get(1).path("type").asText()))) {
            throw unknown(place, "anyOf of other than one reference and null");
        }
    }

    private static IllegalArgumentException unknown(String place, String word) {
        return new IllegalArgumentException(
                place + " has " + word
                        + ", which the check for breaking changes does not know: teach it (SchemaCompatibility), or say it otherwise");
    }
}
