package dev.parley.gateway.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.id.MessageId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.text.TextRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads frames of clients. Strict in types and bounds, deaf to members it does not know. Thread-safe.
@ApplicationScoped
public class FrameParser {

    private static final int MAX_ID = 64;

    private final ObjectMapper json;

    FrameParser(ObjectMapper json) {
        this.json = json;
    }

    /// @throws FrameException with `malformed` if `text` is not one JSON object of a known type,
    ///     with `validation_failed` if a member cannot have its value
    public ClientFrame parse(String text) throws FrameException {
        var frame = object(text);
        var id = id(frame);
        var members = new Members(frame, id);
        return switch (members.text("type", ProblemCode.MALFORMED)) {
            case "message.send" -> send(members, id);
            case "ping" -> new ClientFrame.Ping(id);
            case String unknown -> throw new FrameException(id, ProblemCode.MALFORMED, "type is not known");
        };
    }

    private ObjectNode object(String text) throws FrameException {
        try {
            if (json.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // told below: what Jackson says quotes the input
        }
        throw new FrameException(Optional.empty(), ProblemCode.MALFORMED, "a frame is one JSON object");
    }

    private static Optional<String> id(ObjectNode frame) throws FrameException {
        var id = frame.get("id");
        if (id == null || id.isNull()) {
            return Optional.empty();
        }
        if (id.isTextual()
                && id.textValue().codePointCount(0, id.textValue().length()) <= MAX_ID
                && TextRules.isStorable(id.textValue())) {
            return Optional.of(id.textValue());
        }
        throw new FrameException(
                Optional.empty(), ProblemCode.MALFORMED, "id must be a string of at most " + MAX_ID + " characters");
    }

    private static ClientFrame send(Members members, Optional<String> id) throws FrameException {
        return new ClientFrame.Send(
                id,
                members.optionalText("room_id"),
                members.checked("client_message_id", TextRules::clientIdViolation),
                members.checked("content", TextRules::contentViolation),
                members.replyTo("reply_to_id"));
    }

    /// The members of one frame; every complaint names the member.
    private record Members(ObjectNode frame, Optional<String> id) {

        String text(String name, ProblemCode otherwise) throws FrameException {
            var text = optionalText(name);
            if (text == null) {
                throw new FrameException(id, otherwise, name + " must be given");
            }
            return text;
        }

        @Nullable
        String optionalText(String name) throws FrameException {
            JsonNode value = frame.get(name);
            if (value == null || value.isNull()) {
                return null;
            }
            if (!value.isTextual()) {
                throw new FrameException(id, ProblemCode.VALIDATION_FAILED, name + " must be a string");
            }
            return value.textValue();
        }

        String checked(String name, Function<String, Optional<String>> violation) throws FrameException {
            var text = text(name, ProblemCode.VALIDATION_FAILED);
            var wrong = violation.apply(text);
            if (wrong.isPresent()) {
                throw new FrameException(id, ProblemCode.VALIDATION_FAILED, name + " " + wrong.get());
            }
            return text;
        }

        @Nullable
        MessageId replyTo(String name) throws FrameException {
            var text = optionalText(name);
            try {
                return text == null ? null : MessageId.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new FrameException(id, ProblemCode.VALIDATION_FAILED, name + " is not a message of this room");
            }
        }
    }
}
