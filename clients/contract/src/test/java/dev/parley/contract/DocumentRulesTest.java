package dev.parley.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What makes good generated code, as rules for the committed documents.
class DocumentRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void saysNothingThatGeneratorsTurnIntoTraps(String service) throws IOException {
        var document = document(service);

        assertThat(document.findValues("enum")).isEmpty();
        assertThat(document.findValues("oneOf")).isEmpty();
        assertThat(document.findValues("allOf")).isEmpty();
        assertThat(document.findValues("anyOf")).allSatisfy(options -> {
            assertThat(options).hasSize(2);
            assertThat(options.get(0).has("$ref")).isTrue();
            assertThat(options.get(1).path("type").asText()).isEqualTo("null");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void namesReadWellInCode(String service) throws IOException {
        var document = document(service);

        assertThat(document.findValuesAsText("operationId"))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("[a-z]+([A-Z][a-z]+)*"));
        assertThat(document.at("/components/schemas").properties()).isNotEmpty().allSatisfy(schema -> {
            assertThat(schema.getKey()).matches("([A-Z][a-z]+)+");
            assertThat(schema.getValue().path("type").asText()).isEqualTo("object");
        });
        assertThat(document.path("paths").properties())
                .allSatisfy(path -> assertThat(path.getKey()).matches("/.*(/|jwks\\.json)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "room-service"})
    void takesOneFlatObjectAndSucceedsWithOneBody(String service) throws IOException {
        for (JsonNode path : document(service).path("paths")) {
            for (JsonNode operation : path) {
                var name = operation.path("operationId").asText();
                if (operation.has("requestBody")) {
                    var types = operation.at("/requestBody/content");
                    assertThat(types).as(name).hasSize(1);
                    assertThat(types.at("/application~1json/schema/$ref").asText())
                            .as(name)
                            .startsWith("#/components/schemas/");
                }
                assertThat(bodiesOfSuccess(operation)).as(name).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private static Set<JsonNode> bodiesOfSuccess(JsonNode operation) {
        var bodies = new HashSet<JsonNode>();
        var successes = new ArrayList<String>();
        operation.path("responses").properties().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .forEach(answer -> {
                    successes.add(answer.getKey());
                    answer.getValue().path("content").forEach(type -> bodies.add(type.path("schema")));
                });
        assertThat(successes).as(operation.path("operationId").asText()).isNotEmpty();
        return bodies;
    }

    private static JsonNode document(String service) throws IOException {
        return CanonicalYaml.read(Files.readString(Path.of("../openapi", service + ".yaml")));
    }
}
