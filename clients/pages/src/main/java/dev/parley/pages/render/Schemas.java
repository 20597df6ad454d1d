package dev.parley.pages.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Schemas as tables of members.
final class Schemas {

    private static final String PREFIX = "#/components/schemas/";
    private static final Map<String, String> BOUNDS = Map.of(
            "minLength", "at least %s characters",
            "maxLength", "at most %s characters",
            "minItems", "at least %s",
            "maxItems", "at most %s",
            "minimum", "at least %s",
            "maximum", "at most %s",
            "default", "%s when absent");
    private static final List<String> ORDER =
            List.of("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "default");

    private Schemas() {}

    /// All of a document's, each with its anchor.
    static void all(Html html, JsonNode document) {
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> html.in("section", section -> {
                    section.in("h3", title -> title.code(schema.getKey()), "id", anchor(schema.getKey()));
                    members(section, schema.getValue());
                }));
    }

    /// Its words, and a table of its members.
    static void members(Html html, JsonNode schema) {
        html.in(
                "div",
                words -> words.html(Markdown.html(schema.path("description").asText())),
                "class",
                "words");
        if (schema.path("properties").isEmpty()) {
            return;
        }
        var required = new TreeSet<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        html.in(
                "div",
                box -> box.in("table", table -> {
                    table.in(
                            "tr",
                            head -> head.in("th", "Member").in("th", "Type").in("th", "Meaning"));
                    schema.path("properties")
                            .properties()
                            .forEach(member -> table.in("tr", row -> {
                                row.in("td", cell -> {
                                    cell.code(member.getKey());
                                    if (!required.contains(member.getKey())) {
                                        cell.in("span", "optional", "class", "needed");
                                    }
                                });
                                row.in("td", cell -> type(cell, member.getValue()), "class", "type");
                                row.in("td", cell -> meaning(cell, member.getValue()));
                            }));
                }),
                "class",
                "table");
    }

    static void meaning(Html html, JsonNode schema) {
        html.html(Markdown.html(schema.path("description").asText()));
        bounds(html, schema);
    }

    static void bounds(Html html, JsonNode schema) {
        var bounds = new ArrayList<String>();
        ORDER.stream()
                .filter(schema::has)
                .forEach(word ->
                        bounds.add(BOUNDS.get(word).formatted(schema.path(word).asText())));
        if (!bounds.isEmpty()) {
            html.in("span", String.join(", ", bounds), "class", "needed");
        }
    }

    static void type(Html html, JsonNode schema) {
        var options = schema.path("anyOf");
        if (schema.has("$ref")) {
            var name = schema.path("$ref").asText().substring(PREFIX.length());
            html.link("#" + anchor(name), name);
        } else if (!options.isEmpty()) {
            type(html, options.get(0));
            html.text(" or null");
        } else if (schema.path("type").toString().contains("array")) {
            html.text("array of ");
            type(html, schema.path("items"));
            if (schema.path("type").isArray()) {
                html.text(" or null");
            }
        } else {
            html.text(plain(schema));
        }
    }

    private static String plain(JsonNode schema) {
        var types = new ArrayList<String>();
        var type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(option -> types.add(option.asText()));
        var format = schema.path("format").asText();
        var name = String.join(" or ", types);
        return switch (format) {
            case "uuid" -> name.replace("string", "id");
            case "date-time" -> name.replace("string", "time");
            case "email" -> name.replace("string", "e-mail address");
            case "int64" -> name.replace("integer", "integer (64 bit)");
            default -> name;
        };
    }

    static String anchor(String schema) {
        return "schema-" + schema;
    }
}
