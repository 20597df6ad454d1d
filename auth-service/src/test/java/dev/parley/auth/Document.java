package dev.parley.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The service's OpenAPI document, as it serves it.
public record Document(JsonNode root) {

    public static Document read() {
        var answer = given().get("/auth/openapi?format=json");
        answer.then().statusCode(200);
        try {
            return new Document(new ObjectMapper().readTree(answer.asString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An operation of the document.
    public record Operation(String method, String path, JsonNode node) {

        public String id() {
            return node.path("operationId").asText();
        }

        /// The answer with a status; missing if there is none.
        public JsonNode answer(int status) {
            return node.path("responses").path(String.valueOf(status));
        }

        boolean isFor(String otherMethod, String otherPath) {
            var pattern = path.replace(".", "\\.").replaceAll("\\{[a-z_]+}", "[^/]+");
            return method.equals(otherMethod.toLowerCase(Locale.ROOT))
                    && (otherPath.endsWith("/") || path.endsWith(".json") ? otherPath : otherPath + "/")
                            .matches(pattern);
        }
    }

    public Stream<Operation> operations() {
        return stream(root.path("paths").fields())
                .flatMap(path -> stream(path.getValue().fields())
                        .filter(method -> method.getValue().has("responses"))
                        .map(method -> new Operation(method.getKey(), path.getKey(), method.getValue())));
    }

    private Optional<Operation> find(String method, String path) {
        return operations().filter(operation -> operation.isFor(method, path)).findFirst();
    }

    /// Fails if the document does not say that a request may be answered so: by status, and by code if it is a problem.
    /// @param path without the query
    public void assertTells(String method, String path, Response answer) {
        var operation = find(method, path);
        assertThat(operation).as("%s %s", method, path).isPresent();
        var described = operation.get().answer(answer.statusCode());
        assertThat(described.isMissingNode())
                .as("%s does not tell of %s", operation.get().id(), answer.statusCode())
                .isFalse();
        if (answer.statusCode() >= 400) {
            assertThat(stream(described.path("x-problem-codes").elements()).map(JsonNode::asText))
                    .as("%s %s", operation.get().id(), answer.statusCode())
                    .contains(answer.<String>path("code"));
        }
    }

    public static <T> Stream<T> stream(Iterator<T> iterator) {
        Iterable<T> iterable = () -> iterator;
        return StreamSupport.stream(iterable.spliterator(), false);
    }

    public Map<String, JsonNode> schemas() {
        return stream(root.path("components").path("schemas").fields())
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
