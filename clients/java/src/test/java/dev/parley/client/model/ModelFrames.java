package dev.parley.client.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What one socket's client may say, and what is answered.
///
/// A content that begins with `refuse` is refused for good. *Thread*: the one that serves the socket.
final class ModelFrames {

    private static final Integer[] TRANSIENT_CLOSES = {1011, 1012, 4508, 4509, 4511};

    private final ModelState state;
    private final Faults faults;
    private final ModelSocket socket;

    ModelFrames(ModelState state, Faults faults, ModelSocket socket) {
        this.state = state;
        this.faults = faults;
        this.socket = socket;
    }

    /// @return whether the connection goes on
    boolean received(JsonNode frame) {
        state.hear(frame.path("type").asText());
        if (state.deaf) {
            return true;
        }
        if (faults.strike(0.02)) {
            socket.cut();
            return false;
        }
        if (faults.strike(0.01)) {
            socket.close(faults.oneOf(TRANSIENT_CLOSES));
        }
        if (faults.strike(0.01)) {
            state.drain(faults.upTo(5), faults.upTo(10));
        }
        if (faults.strike(0.01)) {
            expire();
        }
        switch (frame.path("type").asText()) {
            case "ping" -> socket.write(frame("pong"));
            case "subscribe" -> subscribe(frame);
            case "unsubscribe" -> {
                synchronized (state) {
                    socket.following.remove(
                            UUID.fromString(frame.path("room_id").asText()));
                    socket.write(ack(frame));
                }
            }
            case "message.send" -> send(frame);
            case "read" ->
                socket.write(ack(frame)
                        .put("last_read_seq", frame.path("seq").asLong())
                        .put("unread_count", 0));
            case "typing" -> {}
            case "auth.refresh" -> refresh(frame);
            default -> state.violation("unknown frame " + frame);
        }
        return true;
    }

    private void expire() {
        synchronized (state) {
            if (state.accounts.expire(socket.token())) {
                socket.close(4401);
            }
        }
    }

    private void refresh(JsonNode frame) {
        synchronized (state) {
            String token = frame.path("token").asText();
            if (state.refuseRenewals) {
                socket.write(error(frame, "unavailable", true));
            } else if (socket.user.equals(state.accounts.bearer(token))) {
                socket.token(token);
                state.hear("a good auth.refresh");
                socket.write(ack(frame)
                        .put(
                                "token_expires_at",
                                Instant.now()
                                        .plusSeconds(state.accounts.lifetimeSeconds)
                                        .toString()));
                socket.warn();
            } else {
                socket.write(error(frame, "unauthenticated", false));
            }
        }
    }

    private void subscribe(JsonNode frame) {
        if (faults.strike(0.05)) {
            socket.write(error(frame, "unavailable", true));
            return;
        }
        synchronized (state) {
            ObjectNode ack = ack(frame);
            ArrayNode followed = ack.putArray("rooms");
            ArrayNode refused = ack.putArray("errors");
            List<Runnable> replays = new ArrayList<>();
            for (JsonNode wish : frame.path("rooms")) {
                UUID id = UUID.fromString(wish.path("room_id").asText());
                ModelRoom room = state.rooms.get(id);
                String error = room == null ? "room_not_found" : state.subscriptionError(id);
                if (room == null || error != null) {
                    refused.addObject().put("room_id", id.toString()).put("code", error);
                } else {
                    followed.addObject()
                            .put("room_id", room.id.toString())
                            .put("last_seq", room.log.size())
                            .put("log_epoch", room.epoch);
                    if (socket.following.add(room.id) && wish.has("after_seq")) {
                        replays.add(() -> replay(room, wish));
                    }
                }
            }
            socket.write(ack);
            replays.forEach(Runnable::run);
        }
    }

    private void replay(ModelRoom room, JsonNode wish) {
        long after = wish.path("after_seq").asLong();
        long last = room.log.size();
        boolean sameLog = !wish.has("log_epoch") || wish.path("log_epoch").asLong() == room.epoch;
        if (sameLog && after > last) {
            state.violation("after_seq " + after + " is beyond " + last);
        }
        boolean complete = sameLog && after <= last && last - after <= state.replayLimit;
        if (complete) {
            room.after(after).forEach(socket::write);
        }
        socket.write(frame("resumed")
                .put("room_id", room.id.toString())
                .put("from_seq", after + 1)
                .put("to_seq", complete ? last : after)
                .put("last_seq", last)
                .put("log_epoch", room.epoch)
                .put("complete", complete));
    }

    private void send(JsonNode frame) {
        String clientId = frame.path("client_message_id").asText();
        String content = frame.path("content").asText();
        ModelRoom room = state.rooms.get(UUID.fromString(frame.path("room_id").asText()));
        UUID sender = state.user(socket.user);
        int limited = state.limited();
        if (limited >= 0) {
            socket.write(error(frame, "rate_limited", true).put("retry_after_ms", limited));
        } else if (room == null) {
            socket.write(error(frame, "room_not_found", false));
        } else if (content.startsWith("refuse")) {
            socket.write(error(frame, "forbidden", false));
        } else if (faults.strike(0.04)) {
            socket.write(error(frame, "rate_limited", true).put("retry_after_ms", faults.upTo(3)));
        } else if (faults.strike(0.05)) {
            // not known whether it is stored: it is, or will be in a moment, or never
            switch (faults.upTo(2)) {
                case 0 -> state.send(room, sender, clientId, content);
                case 1 -> socket.later(faults.upTo(8), () -> state.send(room, sender, clientId, content));
                default -> {}
            }
            socket.write(error(frame, "unavailable", true));
        } else if (faults.strike(0.02)) {
            state.send(room, sender, clientId, content);
            socket.cut();
        } else {
            store(frame, room, sender, clientId, content);
        }
    }

    /// The answer comes before or after the echo.
    private void store(JsonNode frame, ModelRoom room, UUID sender, String clientId, String content) {
        synchronized (state) {
            boolean before = clientId.hashCode() % 2 == 0 && room.find(sender, clientId) == null;
            ModelRoom.Stored known = room.find(sender, clientId);
            long seq = known == null ? room.log.size() + 1L : known.seq();
            ObjectNode ack = ack(frame)
                    .put("client_message_id", clientId)
                    .put("message_id", new UUID(room.id.getMostSignificantBits(), seq).toString())
                    .put("room_id", room.id.toString())
                    .put("seq", seq)
                    .put("timestamp", "2026-11-22T14:23:05.120Z")
                    .put("duplicate", known != null);
            List<Runnable> steps = before
                    ? List.of(() -> socket.write(ack), () -> state.send(room, sender, clientId, content))
                    : List.of(() -> state.send(room, sender, clientId, content), () -> socket.write(ack));
            steps.forEach(Runnable::run);
        }
    }

    private static ObjectNode ack(JsonNode frame) {
        return frame("ack").put("id", frame.path("id").asText());
    }

    private static ObjectNode error(JsonNode frame, String code, boolean retryable) {
        return frame("error")
                .put("id", frame.path("id").asText())
                .put("code", code)
                .put("detail", "")
                .put("retryable", retryable);
    }

    private static ObjectNode frame(String type) {
        return Json.MAPPER.createObjectNode().put("type", type);
    }
}
