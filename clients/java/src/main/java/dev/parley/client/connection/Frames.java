package dev.parley.client.connection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// The frames of one message.
final class Frames {

    private Frames() {}

    /// Hands each on, in order, with its size in characters; none if one of them is not JSON.
    ///
    /// @param hasLines whether there may be several, one a line
    /// @return whether it was JSON
    static boolean each(String text, boolean hasLines, ObjIntConsumer<JsonNode> then) {
        List<String> lines =
                hasLines ? text.lines().filter(line -> !line.isBlank()).toList() : List.of(text);
        List<JsonNode> frames = new ArrayList<>(lines.size());
        try {
            for (String line : lines) {
                frames.add(Json.parse(line));
            }
        } catch (JsonProcessingException e) {
            return false;
        }
        for (int i = 0; i < frames.size(); i++) {
            then.accept(frames.get(i), lines.get(i).length());
        }
        return true;
    }
}
