package dev.parley.room;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.testing.BackingServers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The OpenAPI document against the contract, written down here a second time: an operation that is in only one of the
/// two fails, and so does a problem.
@QuarkusTest
@QuarkusTestResource(BackingServers.class)
class DocumentIT {

    private static final String ANY = "unauthenticated internal unavailable ";
    private static final String QUERY = "validation_failed " + ANY;
    private static final String BODY = "malformed payload_too_large unsupported_media_type " + QUERY;
    private static final String ROOM = "room_not_found ";
    private static final String MESSAGE = "room_not_found message_not_found ";
    private static final String PARTICIPANT = "room_not_found participant_not_found ";
    private static final String GROUP = "forbidden private_room_fixed ";

    private static final Map<String, String> PROBLEMS = Map.ofEntries(
            Map.entry("POST /chat/rooms/", "rate_limited " + BODY),
            Map.entry("GET /chat/rooms/", QUERY),
            Map.entry("GET /chat/rooms/{room_id}/", ROOM + ANY),
            Map.entry("PATCH /chat/rooms/{room_id}/", ROOM + GROUP + BODY),
            Map.entry("DELETE /chat/rooms/{room_id}/", ROOM + GROUP + ANY),
            Map.entry("GET /chat/unread/", ANY),
            Map.entry("GET /chat/search/", "rate_limited " + ROOM + QUERY),
            Map.entry("GET /chat/rooms/{room_id}/participants/", ROOM + QUERY),
            Map.entry("POST /chat/rooms/{room_id}/participants/", ROOM + GROUP + BODY),
            Map.entry("PATCH /chat/rooms/{room_id}/participants/{user_id}/", PARTICIPANT + GROUP + BODY),
            Map.entry("DELETE /chat/rooms/{room_id}/participants/{user_id}/", PARTICIPANT + GROUP + ANY),
            Map.entry("GET /chat/rooms/{room_id}/messages/", ROOM + QUERY),
            Map.entry("POST /chat/rooms/{room_id}/messages/", ROOM + "idempotency_conflict " + BODY),
            Map.entry("GET /chat/rooms/{room_id}/messages/{message_id}/", MESSAGE + ANY),
            Map.entry("PATCH /chat/rooms/{room_id}/messages/{message_id}/", MESSAGE + "forbidden " + BODY),
            Map.entry("DELETE /chat/rooms/{room_id}/messages/{message_id}/", MESSAGE + "forbidden " + ANY),
            Map.entry("GET /chat/rooms/{room_id}/messages/{message_id}/readers/", MESSAGE + QUERY),
            Map.entry(
                    "PUT /chat/rooms/{room_id}/messages/{message_id}/reactions/{emoji}/",
                    MESSAGE + "too_many_reactions " + QUERY),
            Map.entry("DELETE /chat/rooms/{room_id}/messages/{message_id}/reactions/{emoji}/", MESSAGE + QUERY),
            Map.entry("GET /chat/rooms/{room_id}/messages/{message_id}/reactions/{emoji}/", MESSAGE + QUERY),
            Map.entry("POST /chat/rooms/{room_id}/read/", ROOM + BODY),
            Map.entry("GET /chat/rooms/{room_id}/events/", ROOM + QUERY));

    @Test
    void tellsOfEveryProblemOfEveryOperation() throws JsonProcessingException {
        var told = new TreeMap<String, Set<String>>();
        forEachAnswer((name, answer) -> {
            var operation = name.substring(0, name.lastIndexOf(' '));
            var status = Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1));
            var codes = told.computeIfAbsent(operation, _ -> new TreeSet<>());
            answer.path("x-problem-codes").forEach(code -> {
                assertThat(ProblemCode.fromString(code.asText()).status())
                        .as(name)
                        .isEqualTo(status);
                codes.add(code.asText());
            });
        });

        var expected = PROBLEMS.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> Set.of(entry.getValue().strip().split(" ", -1))));
        assertThat(told).isEqualTo(new TreeMap<>(expected));
    }

    @Test
    void describesEveryAnswerWithItsBodyAndHeaders() throws JsonProcessingException {
        forEachAnswer((name, answer) -> {
            assertThat(answer.path("description").asText()).as(name).isNotBlank();
            var status = Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1));
            var body = answer.path("content").fieldNames();
            var type = body.hasNext() ? body.next() : "";
            assertThat(type)
                    .as(name)
                    .isEqualTo(
                            switch (status) {
                                case 200, 201 -> "application/json";
                                case 204 -> "";
                                default -> "application/problem+json";
                            });
            var header = switch (status) {
                case 201 -> "Location";
                case 401 -> "WWW-Authenticate";
                case 429, 503 -> "Retry-After";
                default -> "";
            };
            assertThat(header.isEmpty() || answer.path("headers").has(header))
                    .as(name)
                    .isTrue();
        });
    }

    @Test
    void namesOperationsOnceAndMembersAsTheJsonDoes() throws JsonProcessingException {
        var document = read();

        assertThat(document.path("openapi").asText()).startsWith("3.1");
        assertThat(document.findValuesAsText("operationId"))
                .hasSize(PROBLEMS.size())
                .doesNotHaveDuplicates();
        document.at("/components/schemas").properties().forEach(schema -> {
            assertThat(schema.getKey()).doesNotContain(".");
            schema.getValue()
                    .path("properties")
                    .fieldNames()
                    .forEachRemaining(
                            member -> assertThat(member).as(schema.getKey()).matches("[a-z_]+"));
        });
        assertThat(List.of("Room", "Message", "UserRef", "Problem"))
                .allSatisfy(name -> assertThat(
                                document.at("/components/schemas/" + name).isMissingNode())
                        .as(name)
                        .isFalse());
    }

    /// @param consumer gets `GET /path/ 200` and the answer
    private static void forEachAnswer(BiConsumer<String, JsonNode> consumer) throws JsonProcessingException {
        read().path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> method.getValue()
                                .path("responses")
                                .properties()
                                .forEach(answer -> consumer.accept(
                                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey() + " "
                                                + answer.getKey(),
                                        answer.getValue()))));
    }

    private static JsonNode read() throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(given().get("/chat/openapi?format=json").asString());
    }
}
