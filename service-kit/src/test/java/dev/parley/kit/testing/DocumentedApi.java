package dev.parley.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An OpenAPI document that is held to what its service does: its schemas are executed, and strictly, so that an answer
/// with a member that the document does not have fails as well.
public final class DocumentedApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "/content/application~1json";
    private static final String PROBLEM_TYPE = "/content/application~1problem+json";

    private final JsonNode document;
    private final JsonNode strictComponents;

    /// @param document as JSON
    public DocumentedApi(String document) {
        this.document = parse(document);
        this.strictComponents = this.document.path("components").deepCopy();
        strictComponents.path("schemas").forEach(schema -> {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }

    /// An operation of the document.
    public record Operation(String method, String path, JsonNode node) {

        public String id() {
            return node.path("operationId").asText();
        }

        /// Whether it is answered without a token, too.
        public boolean isPublic() {
            for (var alternative : node.path("security")) {
                if (alternative.isEmpty()) {
                    return true;
                }
            }
            return node.path("security").isEmpty();
        }

        /// The request examples by name, in their order.
        public Map<String, JsonNode> requests() {
            return examples(node.at("/requestBody" + TYPE));
        }

        private JsonNode answer(int status) {
            return node.path("responses").path(String.valueOf(status));
        }
    }

    public List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    public Operation operation(String id) {
        return operations().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + id));
    }

    /// The schema of an operation's request, with its name resolved.
    public JsonNode requestSchema(Operation operation) {
        var ref = operation.node().at("/requestBody" + TYPE + "/schema/$ref").asText();
        return document.at(ref.substring(1));
    }

    /// Fails unless the document tells of the answer, and the body is as it tells.
    public void assertTells(Operation operation, int status, String body) {
        var name = operation.id() + " " + status;
        var answer = operation.answer(status);
        assertThat(answer.isMissingNode())
                .as(() -> name + " is not in the document: " + body)
                .isFalse();
        if (!answer.has("content")) {
            assertThat(body).as(name).isEmpty();
            return;
        }
        var schema = answer.at((status < 400 ? TYPE : PROBLEM_TYPE) + "/schema");
        assertThat(violations(schema, parse(body))).as(() -> name + ": " + body).isEmpty();
    }

    /// What is wrong with the document's own examples.
    public List<String> wrongExamples() {
        var wrong = new ArrayList<String>();
        operations().forEach(operation -> {
            check(operation.id() + " request", operation.node().path("requestBody"), wrong);
            operation
                    .node()
                    .path("responses")
                    .properties()
                    .forEach(answer -> check(operation.id() + " " + answer.getKey(), answer.getValue(), wrong));
        });
        return wrong;
    }

    /// The places where somebody reads and finds no word: operations, answers, parameters, schemas, members; and
    /// requests and successes without an example.
    public List<String> undescribed() {
        var silent = new ArrayList<String>();
        operations().forEach(operation -> undescribed(operation, silent));
        document.at("/components/schemas").properties().forEach(schema -> {
            note(schema.getKey(), schema.getValue().path("description"), silent);
            schema.getValue().path("properties").properties().forEach(member -> {
                if (!member.getValue().has("$ref")) {
                    note(
                            schema.getKey() + "." + member.getKey(),
                            member.getValue().path("description"),
                            silent);
                }
            });
        });
        return silent;
    }

    private static void undescribed(Operation operation, List<String> silent) {
        note(operation.id() + " (summary)", operation.node().path("summary"), silent);
        operation.node().path("parameters").forEach(parameter -> {
            var inSchema = parameter.at("/schema/description");
            note(
                    operation.id() + "." + parameter.path("name").asText(),
                    inSchema.isMissingNode() ? parameter.path("description") : inSchema,
                    silent);
        });
        if (operation.node().has("requestBody") && operation.requests().isEmpty()) {
            silent.add(operation.id() + " (request example)");
        }
        operation.node().path("responses").properties().forEach(answer -> {
            var name = operation.id() + " " + answer.getKey();
            note(name, answer.getValue().path("description"), silent);
            var body = answer.getValue().at(TYPE);
            if (!body.isMissingNode() && examples(body).isEmpty()) {
                silent.add(name + " (example)");
            }
        });
    }

    private static void note(String place, JsonNode word, List<String> silent) {
        if (word.asText().isBlank()) {
            silent.add(place);
        }
    }

    private void check(String place, JsonNode holder, List<String> wrong) {
        holder.path("content")
                .forEach(type -> examples(type).forEach((name, example) -> {
                    var value = example.has("$ref")
                            ? document.at(example.path("$ref").asText().substring(1) + "/value")
                            : example;
                    violations(type.path("schema"), value)
                            .forEach(violation -> wrong.add(place + " " + name + ": " + violation));
                }));
    }

    private static Map<String, JsonNode> examples(JsonNode type) {
        var examples = new LinkedHashMap<String, JsonNode>();
        type.path("examples").properties().forEach(example -> {
            var value = example.getValue().path("value");
            examples.put(example.getKey(), value.isMissingNode() ? example.getValue() : value);
        });
        return examples;
    }

    private List<String> violations(JsonNode schema, JsonNode value) {
        var root = schema.<ObjectNode>deepCopy();
        root.set("components", strictComponents);
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root, config)
                .validate(value)
                .stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
