package dev.parley.client.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.http.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a system of any number of gateways knows together. *Thread*: any; one lock for all of it.
public final class ModelState {

    final ModelAccounts accounts = new ModelAccounts();
    final Map<UUID, ModelRoom> rooms = new HashMap<>();
    final Set<ModelSocket> sockets = new LinkedHashSet<>();
    private final List<String> violations = new ArrayList<>();

    /// A frame that a client said, and when, by [System#nanoTime].
    public record Heard(String type, long at) {}

    private final List<Heard> heard = new ArrayList<>();
    private final Map<UUID, Deque<String>> subscriptionErrors = new HashMap<>();
    private int limitedSends;
    private int limitedForMillis;

    /// Whether each `auth.refresh` is refused for now.
    public volatile boolean refuseRenewals;

    /// Whether nothing that clients say is answered.
    public volatile boolean deaf;

    /// How far behind a client may be to be sent the replay itself.
    int replayLimit = 5;

    /// @param after events that are in the log already
    public synchronized void room(UUID id, int after) {
        ModelRoom room = new ModelRoom(id);
        rooms.put(id, room);
        for (int i = 0; i < after; i++) {
            room.event("history.made", new UUID(0, 1));
        }
    }

    public synchronized UUID user(String name) {
        return accounts.user(name);
    }

    /// The log as JSON, one event each.
    public synchronized List<String> log(UUID room) {
        return rooms.get(room).log.stream().map(ObjectNode::toString).toList();
    }

    public synchronized long lastSeq(UUID room) {
        return rooms.get(room).log.size();
    }

    /// What clients did that the contract forbids.
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized void violation(String what) {
        violations.add(what);
    }

    public synchronized int refreshes() {
        return accounts.refreshes();
    }

    public synchronized void lifetime(long seconds) {
        accounts.lifetimeSeconds = seconds;
    }

    synchronized void hear(String type) {
        heard.add(new Heard(type, System.nanoTime()));
    }

    /// When frames of that type came.
    public synchronized List<Long> heard(String type) {
        return heard.stream()
                .filter(frame -> frame.type().equals(type))
                .map(Heard::at)
                .toList();
    }

    /// Refuses the next ones with `rate_limited`.
    public synchronized void limitSends(int number, int retryAfterMillis) {
        limitedSends = number;
        limitedForMillis = retryAfterMillis;
    }

    /// How long this one has to wait; negative when it need not.
    synchronized int limited() {
        return limitedSends-- > 0 ? limitedForMillis : -1;
    }

    /// Refuses the next subscription to a room.
    public synchronized void refuseSubscription(UUID room, String code) {
        subscriptionErrors.computeIfAbsent(room, first -> new ArrayDeque<>()).addLast(code);
    }

    synchronized @Nullable String subscriptionError(UUID room) {
        Deque<String> errors = subscriptionErrors.get(room);
        return errors == null ? null : errors.pollFirst();
    }

    /// Lets every access token of somebody expire.
    public synchronized void expire(String name) {
        accounts.expireAll(name);
        close(4401, name);
    }

    /// Ends somebody's session, as a logout elsewhere does.
    public synchronized void endSession(String name) {
        accounts.end(name);
        close(4401, name);
    }

    public synchronized void removeRoom(UUID room) {
        rooms.remove(room);
        ObjectNode removed =
                Json.MAPPER.createObjectNode().put("type", "room.removed").put("room_id", room.toString());
        List.copyOf(sockets).forEach(socket -> {
            if (socket.following.remove(room)) {
                socket.write(removed);
            }
        });
    }

    /// Puts an event of an unknown type into a room's log.
    public synchronized void surprise(UUID room) {
        publish(rooms.get(room), rooms.get(room).event("poll.created", new UUID(0, 2)));
    }

    /// Tells everybody something without a `seq`.
    public synchronized void tell(String type) {
        List.copyOf(sockets)
                .forEach(socket -> socket.write(Json.MAPPER.createObjectNode().put("type", type)));
    }

    /// Stores a message, or finds it, as any gateway would.
    ///
    /// @return what was there before, or null if it is new
    synchronized ModelRoom.@Nullable Stored send(ModelRoom room, UUID sender, String clientId, String content) {
        ModelRoom.Stored known = room.find(sender, clientId);
        if (known == null) {
            publish(room, room.message(sender, clientId, content));
        } else if (!known.text().equals(content)) {
            violation("another content for " + clientId);
        }
        return known;
    }

    private void publish(ModelRoom room, ObjectNode event) {
        for (ModelSocket socket : List.copyOf(sockets)) {
            if (socket.following.contains(room.id)) {
                socket.write(event);
            }
        }
    }

    /// Closes every socket, or those of one user.
    public synchronized void close(int code, @Nullable String user) {
        List.copyOf(sockets).forEach(socket -> {
            if (user == null || user.equals(socket.user)) {
                socket.close(code);
            }
        });
    }

    /// Lets the log begin anew, as after a restored backup that lost some of it.
    public synchronized void restore(UUID room, int lost) {
        ModelRoom restored = rooms.get(room);
        restored.epoch++;
        for (int i = 0; i < lost; i++) {
            restored.log.removeLast();
        }
        close(4511, null);
    }

    public synchronized int sockets() {
        return sockets.size();
    }

    /// Cuts every connection.
    public synchronized void cut() {
        List.copyOf(sockets).forEach(ModelSocket::cut);
    }

    /// Tells everybody to move, and closes everybody a moment later.
    public synchronized void drain(int reconnectAfterMillis, int closeAfterMillis) {
        ObjectNode draining = Json.MAPPER
                .createObjectNode()
                .put("type", "server.draining")
                .put("reconnect_after_ms", reconnectAfterMillis);
        List.copyOf(sockets).forEach(socket -> {
            socket.write(draining);
            socket.later(closeAfterMillis, () -> socket.close(1012));
        });
    }
}
