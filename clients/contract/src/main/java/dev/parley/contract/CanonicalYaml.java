package dev.parley.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// A document in one form: on every machine, and whatever order the builder's maps had, the same contract is
/// the same text. Members of schemas and examples keep their order, for people; names of paths, schemas and answers are
/// sorted; the rest follows a fixed order.
final class CanonicalYaml {

    private static final List<String> ORDER = List.of(
            "openapi",
            "info",
            "servers",
            "tags",
            "paths",
            "components",
            "$ref",
            "title",
            "version",
            "name",
            "in",
            "operationId",
            "summary",
            "type",
            "format",
            "description",
            "license",
            "deprecated",
            "security",
            "required",
            "parameters",
            "requestBody",
            "responses",
            "x-problem-codes",
            "headers",
            "content",
            "schema",
            "properties",
            "items",
            "schemas",
            "examples",
            "get",
            "put",
            "post",
            "patch",
            "delete");

    /// What the keys of an object are, and so whether they may be moved.
    private enum Keys {
        WORDS_OF_OPENAPI,
        NAMES_TO_SORT,
        NAMES_IN_ORDER
    }

    private static final Map<String, Keys> NAMES = Map.of(
            "paths", Keys.NAMES_TO_SORT,
            "schemas", Keys.NAMES_TO_SORT,
            "responses", Keys.NAMES_TO_SORT,
            "headers", Keys.NAMES_TO_SORT,
            "content", Keys.NAMES_TO_SORT,
            "securitySchemes", Keys.NAMES_TO_SORT,
            "channels", Keys.NAMES_TO_SORT,
            "messages", Keys.NAMES_TO_SORT,
            "properties", Keys.NAMES_IN_ORDER,
            "examples", Keys.NAMES_IN_ORDER);

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .stringQuotingChecker(new Quoting())
            .build());

    private CanonicalYaml() {}

    /// @param source YAML or JSON
    static JsonNode read(String source) {
        try {
            return YAML.readTree(source);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no YAML: " + e.getOriginalMessage(), e);
        }
    }

    /// @return lines end with LF, the last one too
    static String write(JsonNode document) {
        try {
            return YAML.writeValueAsString(ordered(document, Keys.WORDS_OF_OPENAPI));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode ordered(JsonNode node, Keys keys) {
        if (node instanceof ArrayNode array) {
            var copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> copy.add(ordered(item, Keys.WORDS_OF_OPENAPI)));
            return copy;
        }
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var members = new ArrayList<>(object.properties());
        switch (keys) {
            case NAMES_TO_SORT -> members.sort(Map.Entry.comparingByKey());
            case WORDS_OF_OPENAPI -> members.sort(Comparator.comparingInt(member -> rank(member.getKey())));
            case NAMES_IN_ORDER -> {
                // as they are
            }
        }
        var copy = JsonNodeFactory.instance.objectNode();
        members.forEach(member -> copy.set(
                member.getKey(),
                switch (keys) {
                    case NAMES_TO_SORT, NAMES_IN_ORDER -> ordered(member.getValue(), Keys.WORDS_OF_OPENAPI);
                    // Data, whose words are not OpenAPI's.
                    case WORDS_OF_OPENAPI ->
                        member.getKey().equals("value")
                                ? member.getValue()
                                : ordered(
                                        member.getValue(), NAMES.getOrDefault(member.getKey(), Keys.WORDS_OF_OPENAPI));
                }));
        return copy;
    }

    /// Sorting is stable: words that the list does not have stay in their order, behind.
    private static int rank(String word) {
        var place = ORDER.indexOf(word);
        return place < 0 ? ORDER.size() : place;
    }

    /// Quotes what a YAML 1.1 reader would take for a date or a number, as keys and as values.
    private static final class Quoting extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || startsWithDigit(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || startsWithDigit(value);
        }

        private static boolean startsWithDigit(String text) {
            return !text.isEmpty() && Character.isDigit(text.charAt(0));
        }
    }
}
