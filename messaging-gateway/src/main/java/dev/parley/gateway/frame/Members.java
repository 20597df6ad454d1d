package dev.parley.gateway.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.model.id.MessageId;
import dev.parley.model.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of one object of a frame. Every complaint names the member; null is as good as absent.
/// @param path what stands before a member's name in a complaint, as `rooms[2].`
record Members(ObjectNode object, Optional<String> id, String path) {

    /// The largest whole number that every JSON reader keeps exactly. Source: RFC 8259 §6.
    private static final long MAX_JSON_INTEGER = (1L << 53) - 1;

    String text(String name, ProblemCode otherwise) throws FrameException {
        var text = optionalText(name);
        if (text == null) {
            throw new FrameException(id, otherwise, path + name + " must be given");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) throws FrameException {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(name, "must be a string");
        }
        return value.textValue();
    }

    String checked(String name, Function<String, Optional<String>> violation) throws FrameException {
        var text = text(name, ProblemCode.VALIDATION_FAILED);
        var wrong = violation.apply(text);
        if (wrong.isPresent()) {
            throw invalid(name, wrong.get());
        }
        return text;
    }

    long number(String name) throws FrameException {
        var number = optionalNumber(name);
        if (number == null) {
            throw invalid(name, "must be given");
        }
        return number;
    }

    @Nullable
    Long optionalNumber(String name) throws FrameException {
        var value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 0
                || value.longValue() > MAX_JSON_INTEGER) {
            throw invalid(name, "must be a whole number, 0 or more");
        }
        return value.longValue();
    }

    boolean bool(String name) throws FrameException {
        var value = value(name);
        if (value == null || !value.isBoolean()) {
            throw invalid(name, "must be true or false");
        }
        return value.booleanValue();
    }

    @Nullable
    MessageId replyTo(String name) throws FrameException {
        var text = optionalText(name);
        try {
            return text == null ? null : MessageId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw invalid(name, "is not a message of this room");
        }
    }

    /// The objects of the list `name`; without it, the object itself, which then stands for one.
    List<Members> rooms(String name, int max) throws FrameException {
        var value = value(name);
        if (value == null) {
            return List.of(this);
        }
        if (value("room_id") != null) {
            throw invalid(name, "and room_id exclude each other");
        }
        if (!(value instanceof ArrayNode list) || list.size() > max) {
            throw invalid(name, "must be a list of at most " + max + " rooms");
        }
        var members = new ArrayList<Members>();
        for (int i = 0; i < list.size(); i++) {
            var item = path + name + "[" + i + "]";
            if (!(list.get(i) instanceof ObjectNode room)) {
                throw new FrameException(id, ProblemCode.VALIDATION_FAILED, item + " must be an object");
            }
            members.add(new Members(room, id, item + "."));
        }
        return members;
    }

    private @Nullable JsonNode value(String name) {
        var value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private FrameException invalid(String name, String why) {
        return new FrameException(id, ProblemCode.VALIDATION_FAILED, path + name + " " + why);
    }
}
