package dev.parley.kit.openapi;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/// The words of a document: what the code does not say. They stand beside it, in `openapi/words.yaml` of this module
/// and
/// of the service: descriptions, bounds and examples, by operation id, schema and member. Types, names and answers come
/// from the code alone. A bare reference has no words: not every generator reads what stands beside `$ref`. A word for
/// something that the document does not have fails the build, so words cannot outlive it.
final class DocumentWords {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String COMMON = "openapi/common-words.yaml";
    private static final String OWN = "openapi/words.yaml";
    private static final String JSON = "application/json";

    private final JsonNode common;
    private final JsonNode own;
    private final TreeSet<String> unused = new TreeSet<>();

    private DocumentWords(JsonNode common, JsonNode own) {
        this.common = common;
        this.own = own;
    }

    /// @throws IllegalStateException if a word is for something that is not there
    static void add(OpenAPI document) {
        new DocumentWords(read(COMMON), read(OWN)).addTo(document);
    }

    private static JsonNode read(String resource) {
        try (var stream = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            return stream == null ? MissingNode.getInstance() : YAML.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " is no YAML", e);
        }
    }

    private void addTo(OpenAPI document) {
        own.path("operations").fieldNames().forEachRemaining(id -> unused.add("operation " + id));
        own.path("schemas").fieldNames().forEachRemaining(name -> unused.add("schema " + name));
        if (own.has("description") && document.getInfo() != null) {
            document.getInfo()
                    .setDescription(own.path("description").asText()
                            + common.path("description").asText());
        }
        own.path("tags")
                .properties()
                .forEach(tag -> tag(document, tag.getKey(), tag.getValue().asText()));
        var security = document.getComponents().getSecuritySchemes();
        if (security != null) {
            security.values()
                    .forEach(scheme ->
                            scheme.setDescription(common.path("security").asText()));
        }
        document.getComponents().getSchemas().forEach((name, schema) -> {
            schema(name, schema, common);
            schema(name, schema, own);
        });
        document.getPaths()
                .getPathItems()
                .values()
                .forEach(item -> item.getOperations().values().forEach(this::operation));
        if (!unused.isEmpty()) {
            throw new IllegalStateException("words.yaml describes what the document does not have: " + unused);
        }
    }

    private static void tag(OpenAPI document, String name, String description) {
        Optional.ofNullable(document.getTags()).stream()
                .flatMap(List::stream)
                .filter(tag -> tag.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("words.yaml describes a tag that is not there: " + name))
                .setDescription(description);
    }

    private void schema(String name, Schema schema, JsonNode words) {
        var said = words.path("schemas").path(name);
        if (said.isMissingNode()) {
            return;
        }
        unused.remove("schema " + name);
        apply(said, schema);
        said.path("properties").properties().forEach(member -> {
            var properties = schema.getProperties();
            var property = properties == null ? null : properties.get(member.getKey());
            if (property == null || property.getRef() != null) {
                unused.add("member " + name + "." + member.getKey());
            } else {
                apply(member.getValue(), property);
            }
        });
    }

    private static String text(JsonNode said) {
        return said.isTextual() ? said.asText() : said.path("description").asText();
    }

    /// Plain text is a description.
    private static void apply(JsonNode said, Schema schema) {
        if (said.isTextual() || said.has("description")) {
            schema.setDescription(text(said));
        }
        number(said, "minLength").ifPresent(least -> schema.setMinLength(least.intValue()));
        number(said, "maxLength").ifPresent(most -> schema.setMaxLength(most.intValue()));
        number(said, "minItems").ifPresent(least -> schema.setMinItems(least.intValue()));
        number(said, "maxItems").ifPresent(most -> schema.setMaxItems(most.intValue()));
        number(said, "minimum").ifPresent(schema::setMinimum);
        number(said, "maximum").ifPresent(schema::setMaximum);
        if (said.has("pattern")) {
            schema.setPattern(said.path("pattern").asText());
        }
        if (said.has("default")) {
            schema.setDefaultValue(value(said.path("default")));
        }
        if (said.has("format")) {
            schema.setFormat(said.path("format").asText());
        }
        if (said.has("type")) {
            schema.setType(new ArrayList<>(
                    List.of(SchemaType.valueOf(said.path("type").asText().toUpperCase(Locale.ROOT)))));
        }
    }

    private static Optional<BigDecimal> number(JsonNode said, String name) {
        return said.has(name) ? Optional.of(said.path(name).decimalValue()) : Optional.empty();
    }

    private void operation(Operation operation) {
        var said = own.path("operations").path(String.valueOf(operation.getOperationId()));
        unused.remove("operation " + operation.getOperationId());
        if (said.has("description")) {
            operation.setDescription(said.path("description").asText());
        }
        var parameters = new TreeSet<String>();
        said.path("parameters").fieldNames().forEachRemaining(parameters::add);
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> {
                parameters.remove(parameter.getName());
                parameter(common.path("parameters").path(parameter.getName()), parameter);
                parameter(said.path("parameters").path(parameter.getName()), parameter);
            });
        }
        parameters.forEach(name -> unused.add("parameter " + operation.getOperationId() + "." + name));
        if (said.has("requests")) {
            body(operation.getRequestBody().getContent().getMediaType(JSON), said.path("requests"));
        }
        said.path("answers").properties().forEach(answer -> {
            var response = operation.getResponses().getAPIResponse(answer.getKey());
            if (response == null || response.getContent() == null) {
                unused.add("answer " + operation.getOperationId() + " " + answer.getKey());
            } else {
                body(response.getContent().getMediaType(JSON), answer.getValue());
            }
        });
    }

    private static void parameter(JsonNode said, Parameter parameter) {
        if (said.isMissingNode()) {
            return;
        }
        if (said.isTextual() || said.has("description")) {
            parameter.setDescription(text(said));
        }
        if (said.has("required")) {
            parameter.setRequired(said.path("required").asBoolean());
        }
        if (said.isObject()) {
            var bounds = said.deepCopy();
            ((ObjectNode) bounds).remove("description");
            apply(bounds, parameter.getSchema());
        }
    }

    /// Examples by name, each with its value.
    private static void body(MediaType type, JsonNode examples) {
        examples.properties()
                .forEach(example -> type.addExample(
                        example.getKey(), OASFactory.createExample().value(value(example.getValue()))));
    }

    private static Object value(JsonNode node) {
        return node.isObject()
                ? YAML.convertValue(node, new TypeReference<LinkedHashMap<String, Object>>() {})
                : YAML.convertValue(node, Object.class);
    }
}
