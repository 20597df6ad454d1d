package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;

/// What an AsyncAPI document promises, without its words: which frames go which way on which URL, what is in them, and
/// the close codes.
///
/// The document is written by hand, so that it cannot be compared with one that is made from code: it is compared with
/// this extract of what was published before.
final class SocketPromises {

    private static final Set<String> WORDS = Set.of("description", "title", "summary", "default", "examples");

    private SocketPromises() {}

    /// @param document AsyncAPI 3
    /// @return `channels` with address, `query`, `headers` and the keys of what the server `receives` and
    /// `sends`; `messages` with type and payload; `closeCodes`; `components.schemas`
    static JsonNode of(JsonNode document) {
        var promises = JsonNodeFactory.instance.objectNode();
        var channels = promises.putObject("channels");
        document.path("channels").properties().forEach(channel -> {
            var promise = channels.putObject(channel.getKey());
            promise.set("address", channel.getValue().path("address"));
            promise.set("receives", messages(document, channel.getKey(), "receive"));
            promise.set("sends", messages(document, channel.getKey(), "send"));
            var handshake = channel.getValue().at("/bindings/ws");
            promise.set("query", withoutWords(handshake.path("query")));
            promise.set("headers", withoutWords(handshake.path("headers")));
        });
        var messages = promises.putObject("messages");
        document.at("/components/messages").properties().forEach(message -> {
            var promise = messages.putObject(message.getKey());
            promise.set("name", message.getValue().path("name"));
            promise.set("payload", withoutWords(message.getValue().path("payload")));
        });
        var codes = new TreeSet<Integer>();
        document.path("x-close-codes")
                .forEach(code -> codes.add(code.path("code").asInt()));
        codes.forEach(promises.putArray("closeCodes")::add);
        var schemas = promises.putObject("components").putObject("schemas");
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> schemas.set(schema.getKey(), withoutWords(schema.getValue())));
        return promises;
    }

    /// The keys in `components.messages`, sorted: their order in a channel promises nothing.
    private static ArrayNode messages(JsonNode document, String channel, String action) {
        var keys = new TreeSet<String>();
        document.path("operations").forEach(operation -> {
            if (action.equals(operation.path("action").asText())
                    && operation.at("/channel/$ref").asText().equals("#/channels/" + channel)) {
                operation.path("messages").forEach(message -> keys.add(lastOf(referred(document, message))));
            }
        });
        var array = JsonNodeFactory.instance.arrayNode();
        keys.forEach(array::add);
        return array;
    }

    /// An operation refers to a message of its channel, and that to one of the components.
    private static JsonNode referred(JsonNode document, JsonNode reference) {
        var target = reference.path("$ref").asText().substring(1);
        return document.requiredAt(target);
    }

    private static String lastOf(JsonNode reference) {
        var target = reference.path("$ref").asText();
        return target.substring(target.lastIndexOf('/') + 1);
    }

    private static JsonNode withoutWords(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return schema;
        }
        var copy = JsonNodeFactory.instance.objectNode();
        for (var member : new ArrayList<>(object.properties())) {
            switch (member.getKey()) {
                case "properties" -> {
                    var members = copy.putObject("properties");
                    member.getValue()
                            .properties()
                            .forEach(property -> members.set(property.getKey(), withoutWords(property.getValue())));
                }
                case "items" -> copy.set("items", withoutWords(member.getValue()));
                default -> {
                    if (!WORDS.contains(member.getKey())) {
                        copy.set(member.getKey(), member.getValue());
                    }
                }
            }
        }
        return copy;
    }
}
