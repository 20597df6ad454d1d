package dev.parley.kit.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jspecify.annotations.Nullable;

/// Brings the schemas of a document into the few forms that generators of every language make good code of:
///
/// - a text with a meaning (an id, a time, a role) is written out where it stands, and is no schema with a name;
/// - no `enum`: generated clients break on a value that is added later, so the values are in the description;
/// - what may be null is `type: [string, "null"]`, or `anyOf` of one reference and null;
/// - a page is named after its items, as `RoomPage`.
final class SchemaForms {

    private static final String PREFIX = "#/components/schemas/";
    private static final String PAGE = "Page";

    private final OpenAPI document;
    private final Map<String, Schema> all;

    private SchemaForms(OpenAPI document) {
        this.document = document;
        this.all = new LinkedHashMap<>(document.getComponents().getSchemas());
    }

    static void unify(OpenAPI document) {
        if (document.getComponents() != null && document.getComponents().getSchemas() != null) {
            new SchemaForms(document).unify();
        }
    }

    private void unify() {
        all.replaceAll((_, schema) -> isScalar(schema) ? schema : form(schema));
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations().values().forEach(operation -> {
                    Optional.ofNullable(operation.getParameters())
                            .ifPresent(parameters ->
                                    parameters.forEach(parameter -> parameter.setSchema(form(parameter.getSchema()))));
                    bodies(operation).forEach(type -> type.setSchema(form(type.getSchema())));
                }));
        var kept = new TreeMap<String, Schema>();
        var reachable = reachable();
        all.forEach((name, schema) -> {
            if (reachable.contains(name)) {
                kept.put(nameOf(name), schema);
            }
        });
        document.getComponents().setSchemas(kept);
    }

    private static Stream<MediaType> bodies(Operation operation) {
        var answers = operation.getResponses().getAPIResponses().values().stream()
                .flatMap(answer -> Stream.ofNullable(answer.getContent()));
        var request =
                Stream.ofNullable(operation.getRequestBody()).flatMap(body -> Stream.ofNullable(body.getContent()));
        return Stream.concat(request, answers).flatMap(content -> content.getMediaTypes().values().stream());
    }

    /// The schema as it shall stand in its place. What is written out is a copy: two places may differ in their words.
    private @Nullable Schema form(@Nullable Schema schema) {
        if (schema == null) {
            return null;
        }
        if (schema.getRef() != null) {
            var target = all.get(nameIn(schema.getRef()));
            return target != null && isScalar(target)
                    ? writtenOut(target, schema.getDescription())
                    : schema.ref(PREFIX + nameOf(nameIn(schema.getRef())));
        }
        if (schema.getAnyOf() != null) {
            var forms = schema.getAnyOf().stream().map(this::form).toList();
            var scalar = forms.stream()
                    .filter(form -> form.getRef() == null && !isNull(form))
                    .findFirst();
            if (scalar.isPresent()) {
                return scalar.get().addType(SchemaType.NULL);
            }
            schema.setAnyOf(new ArrayList<>(forms));
        }
        schema.setItems(form(schema.getItems()));
        if (schema.getProperties() != null) {
            var properties = new LinkedHashMap<String, Schema>();
            schema.getProperties().forEach((name, property) -> properties.put(name, form(property)));
            schema.setProperties(properties);
        }
        return schema;
    }

    private static Schema writtenOut(Schema scalar, @Nullable String description) {
        var copy = createSchema();
        scalar.getType().forEach(copy::addType);
        copy.format(scalar.getFormat());
        copy.setDescription(description != null ? description : described(scalar));
        if (scalar.getExamples() != null) {
            copy.setExamples(new ArrayList<>(scalar.getExamples()));
        }
        return copy;
    }

    private static @Nullable String described(Schema scalar) {
        return scalar.getEnumeration() == null
                ? scalar.getDescription()
                : scalar.getEnumeration().stream()
                                .map(value -> "`" + value + "`")
                                .collect(Collectors.joining(", ")) + "; more may be added";
    }

    private Set<String> reachable() {
        var found = new TreeSet<String>();
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(SchemaForms::bodies)
                .forEach(type -> reach(type.getSchema(), found));
        return found;
    }

    private void reach(@Nullable Schema schema, Set<String> found) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            var name = original(nameIn(schema.getRef()));
            if (found.add(name)) {
                reach(all.get(name), found);
            }
        }
        reach(schema.getItems(), found);
        Stream.of(
                        schema.getAnyOf(),
                        schema.getProperties() == null
                                ? null
                                : schema.getProperties().values())
                .flatMap(Stream::ofNullable)
                .flatMap(Collection::stream)
                .forEach(part -> reach(part, found));
    }

    private String original(String name) {
        return all.keySet().stream()
                .filter(candidate -> nameOf(candidate).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no schema " + name));
    }

    /// `PageRoomView` becomes `RoomPage`: its items are `Room`s.
    private String nameOf(String name) {
        var schema = all.get(name);
        if (!name.startsWith(PAGE) || name.equals(PAGE) || schema == null || schema.getProperties() == null) {
            return name;
        }
        var items = schema.getProperties().get("items");
        return items == null || items.getItems() == null || items.getItems().getRef() == null
                ? name
                : nameIn(items.getItems().getRef()) + PAGE;
    }

    private static String nameIn(String ref) {
        return ref.substring(PREFIX.length());
    }

    private static boolean isNull(Schema schema) {
        return List.of(SchemaType.NULL).equals(schema.getType());
    }

    private static boolean isScalar(Schema schema) {
        return schema.getProperties() == null
                && schema.getType() != null
                && schema.getType().contains(SchemaType.STRING);
    }
}
