package dev.parley.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A WebSocket in a terminal, for machines that have a JDK and nothing else.
///
/// A line that starts with `{` is sent as it is, any other as the `content` of a `message.send`. Frames that arrive
/// are printed as they are. Ends with the socket, or at the end of the input.
public final class Chat implements WebSocket.Listener {

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final StringBuilder frame = new StringBuilder();

    private Chat() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: ./parley chat \"ws://localhost:8080/ws/chat/{room_id}/?token=…\"");
            System.exit(2);
        }
        System.exit(new Chat().run(arguments[0]));
    }

    private int run(String url) throws IOException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create(url), this)
                    .join();
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (!line.isBlank()) {
                    socket.sendText(line.startsWith("{") ? line : send(line), true)
                            .join();
                }
            }
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
            return 0;
        } catch (CompletionException e) {
            System.err.println(
                    e.getCause() instanceof WebSocketHandshakeException refused
                            ? "refused: " + refused.getResponse().statusCode()
                            : "failed: " + e.getCause());
            return 1;
        } catch (IllegalArgumentException e) {
            System.err.println("not a WebSocket URL: " + e.getMessage());
            return 2;
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            out.println(frame);
            frame.setLength(0);
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        out.println("closed: " + code + " " + reason);
        System.exit(0);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        System.err.println("failed: " + error);
        System.exit(1);
    }

    private static String send(String content) {
        String id = UUID.randomUUID().toString();
        return "{\"type\":\"message.send\",\"id\":\"" + id + "\",\"client_message_id\":\"" + id + "\",\"content\":\""
                + escape(content) + "\"}";
    }

    /// RFC 8259, section 7: quotes, backslashes and control characters.
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                escaped.append('\\').append((char) character);
            } else if (character < ' ') {
                escaped.append(String.format("\\u%04x", character));
            } else {
                escaped.append((char) character);
            }
        });
        return escaped.toString();
    }
}
