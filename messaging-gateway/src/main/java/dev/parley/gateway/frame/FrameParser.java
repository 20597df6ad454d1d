package dev.parley.gateway.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.text.TextRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads frames of clients. Strict in types and bounds, deaf to members it does not know. Thread-safe.
@ApplicationScoped
public class FrameParser {

    private static final int MAX_ID = 64;

    private final ObjectMapper json;

    FrameParser(ObjectMapper json) {
        this.json = json;
    }

    /// @param ownRoom what a `subscribe` without a room is for; null on the URL for many rooms
    /// @throws FrameException with `malformed` if `text` is not one JSON object of a known type,
    ///     with `validation_failed` if a member cannot have its value
    public ClientFrame parse(String text, @Nullable RoomId ownRoom) throws FrameException {
        var frame = object(text);
        var id = id(frame);
        var members = new Members(frame, id, "");
        return switch (members.text("type", ProblemCode.MALFORMED)) {
            case "message.send" -> send(members, id);
            case "read" -> new ClientFrame.Read(id, members.optionalText("room_id"), members.number("seq"));
            case "typing" -> new ClientFrame.Typing(id, members.optionalText("room_id"), members.bool("is_typing"));
            case "subscribe" -> subscribe(members, id, ownRoom);
            case "unsubscribe" ->
                new ClientFrame.Unsubscribe(id, members.text("room_id", ProblemCode.VALIDATION_FAILED));
            case "auth.refresh" -> new ClientFrame.Refresh(id, members.text("token", ProblemCode.VALIDATION_FAILED));
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

    private static ClientFrame subscribe(Members members, Optional<String> id, @Nullable RoomId ownRoom)
            throws FrameException {
        var wishes = new ArrayList<ClientFrame.Subscribe.Wish>();
        for (var room : members.rooms("rooms", ClientFrame.Subscribe.MAX_ROOMS)) {
            var named = room.optionalText("room_id");
            wishes.add(new ClientFrame.Subscribe.Wish(
                    named == null && ownRoom != null
                            ? ownRoom.toString()
                            : room.text("room_id", ProblemCode.VALIDATION_FAILED),
                    room.optionalNumber("after_seq"),
                    room.optionalNumber("log_epoch")));
        }
        return new ClientFrame.Subscribe(id, wishes);
    }
}
