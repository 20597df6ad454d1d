package dev.parley.kit.openapi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/// Finds out which schemas clients send: those of request bodies, and what these refer to.
final class RequestSchemas {

    private static final String PREFIX = "#/components/schemas/";

    private final Map<String, Schema> all;
    private final Set<String> found = new HashSet<>();

    private RequestSchemas(Map<String, Schema> all) {
        this.all = all;
    }

    static Set<String> of(OpenAPI document) {
        var search = new RequestSchemas(document.getComponents().getSchemas());
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> Stream.ofNullable(operation.getRequestBody()))
                .flatMap(body -> Stream.ofNullable(body.getContent()))
                .map(Content::getMediaTypes)
                .flatMap(types -> types.values().stream())
                .forEach(type -> search.visit(type.getSchema()));
        return search.found;
    }

    private void visit(@Nullable Schema schema) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null) {
            var name = schema.getRef().substring(PREFIX.length());
            if (found.add(name)) {
                visit(all.get(name));
            }
        }
        visit(schema.getItems());
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(this::visit);
        }
        Stream.of(schema.getAnyOf(), schema.getOneOf(), schema.getAllOf())
                .flatMap(Stream::ofNullable)
                .flatMap(List::stream)
                .forEach(this::visit);
    }
}
