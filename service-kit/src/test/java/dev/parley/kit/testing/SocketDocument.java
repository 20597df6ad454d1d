package dev.parley.kit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The AsyncAPI document of the socket, executed: strictly, so that a frame with a member that the document does not
/// have
/// fails as well.
public final class SocketDocument {

    public static final String TO_SERVER = "client to server";
    public static final String TO_CLIENT = "server to client";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final JsonNode strictComponents;

    private SocketDocument(JsonNode document) {
        this.document = document;
        this.strictComponents = document.path("components").deepCopy();
        strictComponents.path("schemas").forEach(schema -> ((ObjectNode) schema).put("additionalProperties", false));
    }

    /// The committed one; tests run in the folder of their module.
    public static SocketDocument read() {
        try {
            var text = Files.readString(Path.of("../clients/asyncapi/gateway.yaml"));
            return new SocketDocument(JSON.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode root() {
        return document;
    }

    /// A frame that the document describes.
    /// @param key its place among the messages
    /// @param type the value of its `type`
    public record Message(String key, String type, JsonNode node) {

        public List<JsonNode> examples() {
            return StreamSupport.stream(node.path("examples").spliterator(), false)
                    .map(example -> example.path("payload"))
                    .toList();
        }
    }

    public List<Message> messages(String direction) {
        var messages = new ArrayList<Message>();
        document.at("/components/messages").properties().forEach(message -> {
            if (message.getValue().path("x-direction").asText().equals(direction)) {
                messages.add(new Message(
                        message.getKey(), message.getValue().path("name").asText(), message.getValue()));
            }
        });
        return messages;
    }

    public Set<String> types(String direction) {
        var types = new TreeSet<String>();
        messages(direction).forEach(message -> types.add(message.type()));
        return types;
    }

    /// The messages that a frame is one of, by `type` and schema.
    public List<String> matches(String direction, String frame) {
        var value = parse(frame);
        return messages(direction).stream()
                .filter(message -> message.type().equals(value.path("type").asText()))
                .filter(message -> violations(message, value).isEmpty())
                .map(Message::key)
                .toList();
    }

    /// What is wrong with a frame that should be such a message.
    public List<String> violations(Message message, JsonNode frame) {
        var root = message.node().path("payload").<ObjectNode>deepCopy();
        root.set("components", strictComponents);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(root)
                .validate(frame, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
