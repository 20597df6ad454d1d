package dev.parley.gateway.scene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.id.RoomId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;

/// A WebSocket client that notes every frame it gets.
public final class ChatClient implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private WebSocket socket;

    /// Opens `path` on the gateway under test, offering `subprotocols`.
    public static ChatClient open(int port, String path, String... subprotocols) throws IOException {
        return open(port, path, Map.of(), subprotocols);
    }

    /// @throws IOException when the upgrade is refused
    public static ChatClient open(int port, String path, Map<String, String> headers, String... subprotocols)
            throws IOException {
        var client = new ChatClient();
        var builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        try {
            client.socket = builder.buildAsync(URI.create("ws://localhost:" + port + path), client)
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IOException(e);
        }
        return client;
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public void send(String frame) {
        socket.sendText(frame, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    public void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    public void message(String id, String clientMessageId, String content) {
        send(new JsonObject()
                .put("type", "message.send")
                .put("id", id)
                .put("client_message_id", clientMessageId)
                .put("content", content)
                .encode());
    }

    /// Sends a message to a room that need not be the socket's own.
    public void message(String id, String clientMessageId, String content, String room) {
        send(new JsonObject()
                .put("type", "message.send")
                .put("id", id)
                .put("room_id", room)
                .put("client_message_id", clientMessageId)
                .put("content", content)
                .encode());
    }

    /// Subscribes to rooms, each as [#wish] makes it, in the short form when there is one.
    public void subscribe(String id, JsonObject... rooms) {
        var frame = rooms.length == 1 ? rooms[0].copy() : new JsonObject().put("rooms", new JsonArray(List.of(rooms)));
        send(frame.put("type", "subscribe").put("id", id).encode());
    }

    public void unsubscribe(String id, RoomId room) {
        send(wish(room).put("type", "unsubscribe").put("id", id).encode());
    }

    public static JsonObject wish(RoomId room) {
        return new JsonObject().put("room_id", room.toString());
    }

    /// What the server said of the room by itself, `resumed` included. Not who is there: that is said beside the
    /// log, a moment after it, or before.
    public List<JsonObject> ofRoom(RoomId room) {
        return all().stream()
                .filter(frame -> room.toString().equals(frame.getString("room_id"))
                        && !Set.of("hello", "error", "ack").contains(frame.getString("type"))
                        && !frame.getString("type").startsWith("presence."))
                .toList();
    }

    /// The `seq`s of the room's messages.
    public List<Long> seqs(RoomId room) {
        return ofRoom(room).stream()
                .filter(frame -> frame.getString("type").equals("message.created"))
                .map(frame -> frame.getLong("seq"))
                .toList();
    }

    /// All objects so far, in order.
    public List<JsonObject> all() {
        return frames.stream().flatMap(String::lines).map(JsonObject::new).toList();
    }

    /// The raw text of the frames so far.
    public List<String> raw() {
        return List.copyOf(frames);
    }

    /// When each frame of [#raw] came, by [System#nanoTime].
    public List<Long> arrivals() {
        return List.copyOf(arrivals);
    }

    public List<JsonObject> frames(String type) {
        return all().stream()
                .filter(frame -> frame.getString("type").equals(type))
                .toList();
    }

    /// Waits for `count` frames of `type` and returns the last of them.
    public JsonObject await(String type, int count) {
        awaitThat(() -> assertThat(frames(type)).hasSizeGreaterThanOrEqualTo(count));
        return frames(type).get(count - 1);
    }

    public void awaitClose(int code) {
        awaitThat(() -> assertThat(closeCode).isEqualTo(code));
    }

    /// 0 while the connection is open.
    public int closeCode() {
        return closeCode;
    }

    private static void awaitThat(ThrowingRunnable assertion) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).untilAsserted(assertion);
    }

    public void close() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            arrivals.add(System.nanoTime());
            frames.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return null;
    }
}
