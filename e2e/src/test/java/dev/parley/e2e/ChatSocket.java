package dev.parley.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.local.system.LocalSystem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A WebSocket through the ingress, with what arrived on it.
///
/// *Thread*: safe for any; frames are handed over in the order in which they arrive.
final class ChatSocket implements AutoCloseable, WebSocket.Listener {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private final Consumer<JsonNode> listener;
    private final Consumer<String> endListener;
    private final List<JsonNode> unread = new ArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private WebSocket socket;

    private ChatSocket(Consumer<JsonNode> listener, Consumer<String> endListener) {
        this.listener = listener;
        this.endListener = endListener;
    }

    /// Opens a socket whose frames are waited for with [#next].
    static ChatSocket open(LocalSystem system, String path) {
        return open(system, path, frame -> {}, end -> {});
    }

    /// Opens a socket that also hands each frame, and its end, on.
    ///
    /// @throws CompletionException if the upgrade is refused or nobody answers
    static ChatSocket open(LocalSystem system, String path, Consumer<JsonNode> listener, Consumer<String> endListener) {
        ChatSocket chat = new ChatSocket(listener, endListener);
        URI uri = URI.create(system.publicUrl().toString().replaceFirst("^http", "ws") + path);
        chat.socket = CLIENT.newWebSocketBuilder().buildAsync(uri, chat).join();
        return chat;
    }

    /// The status that refuses an upgrade.
    static int refusal(LocalSystem system, String path) {
        try (ChatSocket opened = open(system, path)) {
            throw new AssertionError("The upgrade of " + withoutToken(path) + " was accepted: " + opened.unread);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    CompletableFuture<WebSocket> send(Map<String, ?> frame) {
        return socket.sendText(Json.write(frame), true);
    }

    /// Takes the first frame that has arrived, or arrives in time, and is of the type; others stay.
    JsonNode next(String type) {
        return next(type, frame -> true);
    }

    JsonNode next(String type, Predicate<JsonNode> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (unread) {
            while (true) {
                for (JsonNode frame : unread) {
                    if (type.equals(frame.path("type").textValue()) && wanted.test(frame)) {
                        unread.remove(frame);
                        return frame;
                    }
                }
                long left = end - System.nanoTime();
                if (left <= 0 || ended.isDone()) {
                    throw new AssertionError("No such '" + type + "' within " + PATIENCE.toSeconds() + " s"
                            + (ended.isDone() ? "; the socket ended: " + ended.join() : "") + "; unread: " + unread);
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(unread, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("Interrupted while waiting for '" + type + "'", e);
                }
            }
        }
    }

    /// The frames that arrived and were not taken.
    List<JsonNode> unread() {
        synchronized (unread) {
            return List.copyOf(unread);
        }
    }

    /// Closes with 1000 and waits for the other side to agree.
    @Override
    public void close() {
        if (!ended.isDone()) {
            var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            try {
                ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (Exception late) {
                socket.abort();
            }
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonNode frame = Json.parse(partial.toString());
            partial.setLength(0);
            synchronized (unread) {
                unread.add(frame);
                unread.notifyAll();
            }
            listener.accept(frame);
        }
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        end("closed with " + code + " " + reason);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end("broke: " + error);
    }

    private void end(String how) {
        if (ended.complete(how)) {
            synchronized (unread) {
                unread.notifyAll();
            }
            endListener.accept(how);
        }
    }

    private static String withoutToken(String path) {
        return path.replaceFirst("\\?.*", "");
    }
}
