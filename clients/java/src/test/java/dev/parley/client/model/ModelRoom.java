package dev.parley.client.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A room and its log. *Thread*: under the lock of its [ModelState].
final class ModelRoom {

    /// @param text what was sent first
    record Stored(UUID id, long seq, String text) {}

    final UUID id;
    final List<ObjectNode> log = new ArrayList<>();
    private final Map<String, Stored> byClientId = new HashMap<>();
    long epoch = 1;

    ModelRoom(UUID id) {
        this.id = id;
    }

    @Nullable
    Stored find(UUID sender, String clientMessageId) {
        return byClientId.get(sender + " " + clientMessageId);
    }

    ObjectNode message(UUID sender, String clientMessageId, String content) {
        long seq = log.size() + 1L;
        Stored stored = new Stored(new UUID(id.getMostSignificantBits(), seq), seq, content);
        byClientId.put(sender + " " + clientMessageId, stored);
        ObjectNode event = event("message.created", sender);
        ObjectNode message = event.putObject("message");
        message.put("id", stored.id().toString())
                .put("room_id", id.toString())
                .put("seq", seq)
                .put("content", content)
                .put("client_message_id", clientMessageId)
                .put("timestamp", Instant.EPOCH.toString())
                .put("of_a_later_version", true);
        message.putNull("reply_to");
        message.putNull("edited_at");
        message.putNull("deleted_at");
        message.putArray("reactions");
        message.putObject("sender")
                .put("id", sender.toString())
                .put("username", "somebody")
                .put("display_name", "Somebody")
                .put("deleted", false);
        return event;
    }

    /// Puts an event into the log; its `seq` is the next one.
    ObjectNode event(String type, UUID actor) {
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("type", type)
                .put("room_id", id.toString())
                .put("seq", log.size() + 1L)
                .put("timestamp", "2026-11-22T14:23:05.120Z")
                .put("actor_id", actor.toString());
        log.add(event);
        return event;
    }

    List<ObjectNode> after(long seq) {
        return log.subList((int) Math.min(seq, log.size()), log.size());
    }
}
