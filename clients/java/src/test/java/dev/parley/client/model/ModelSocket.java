package dev.parley.client.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.http.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One upgraded connection: frames in, by the thread that serves it, and frames out, by a writer of its own.
final class ModelSocket {

    private static final ObjectNode END = Json.MAPPER.createObjectNode();

    final String user;
    final Set<UUID> following = new HashSet<>();
    private final ModelState state;
    private final Faults faults;
    private final Socket connection;
    private final boolean hasLines;
    private String token;
    private final LinkedBlockingQueue<ObjectNode> outbound = new LinkedBlockingQueue<>();
    private final ModelFrames frames;
    private volatile int closeCode;

    ModelSocket(ModelState state, Faults faults, Socket connection, String user, String token, boolean hasLines) {
        this.state = state;
        this.faults = faults;
        this.connection = connection;
        this.user = user;
        this.token = token;
        this.hasLines = hasLines;
        this.frames = new ModelFrames(state, faults, this);
    }

    /// Says `hello` and serves the connection until it ends.
    void serve(DataInputStream in, int heartbeatMillis) throws IOException {
        Thread writer = Thread.startVirtualThread(this::writeOn);
        try {
            synchronized (state) {
                state.sockets.add(this);
                write(hello(heartbeatMillis));
                warn();
            }
            String text;
            while ((text = read(in)) != null) {
                if (!frames.received(Json.parse(text))) {
                    return;
                }
            }
        } finally {
            synchronized (state) {
                state.sockets.remove(this);
            }
            outbound.add(END);
            connection.close();
            writer.interrupt();
        }
    }

    /// As a gateway does at once when less than a minute is left.
    void warn() {
        if (state.accounts.lifetimeSeconds < 60) {
            write(Json.MAPPER.createObjectNode().put("type", "auth.expiring"));
        }
    }

    /// Under the lock of the state, as [#token(String)].
    String token() {
        return token;
    }

    void token(String renewed) {
        token = renewed;
    }

    private ObjectNode hello(int heartbeatMillis) {
        Instant now = Instant.now();
        return Json.MAPPER
                .createObjectNode()
                .put("type", "hello")
                .put("connection_id", UUID.randomUUID().toString())
                .put("user_id", state.user(user).toString())
                .put("heartbeat_interval_ms", heartbeatMillis)
                .put("max_frame_bytes", 65_536)
                .put("max_subscriptions", 1_000)
                .put(
                        "token_expires_at",
                        now.plusSeconds(state.accounts.lifetimeSeconds).toString())
                .put("server_time", now.toString());
    }

    void write(ObjectNode frame) {
        outbound.add(frame);
    }

    void close(int code) {
        closeCode = code;
        outbound.add(END);
    }

    /// Ends the connection without a farewell: with a reset, or with what was written.
    void cut() {
        try (connection) {
            if (faults.upTo(1) == 0) {
                connection.setSoLinger(true, 0);
            }
        } catch (IOException closedAlready) {
            // somebody was faster
        }
    }

    void later(int millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
    }

    private void writeOn() {
        try (OutputStream out = connection.getOutputStream()) {
            List<ObjectNode> batch = new ArrayList<>();
            while (true) {
                batch.clear();
                batch.add(outbound.take());
                if (hasLines) {
                    outbound.drainTo(batch, 7);
                }
                boolean last = batch.contains(END);
                List<String> lines = batch.stream()
                        .takeWhile(frame -> !frame.equals(END))
                        .flatMap(frame -> disturbed(frame).stream())
                        .toList();
                if (!lines.isEmpty()) {
                    send(out, String.join("\n", lines));
                }
                if (last) {
                    close(out);
                    return;
                }
            }
        } catch (IOException | InterruptedException gone) {
            // the client, or the reader, has ended it
        }
    }

    /// What a broken server does: an event twice, or one not at all (never the last one: that is for reconnections).
    private List<String> disturbed(ObjectNode frame) {
        if (hasLines && frame.has("seq") && !frame.path("type").asText().equals("ack")) {
            if (faults.strike(0.02)) {
                return List.of(frame.toString(), frame.toString());
            }
            if (faults.strike(0.02)) {
                return List.of();
            }
        }
        return List.of(frame.toString());
    }

    private void send(OutputStream out, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = frame(1, payload);
        if (faults.strike(0.02)) {
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            cut();
            return;
        }
        out.write(bytes);
        out.flush();
    }

    private void close(OutputStream out) throws IOException {
        if (closeCode != 0) {
            out.write(
                    frame(8, ByteBuffer.allocate(2).putShort((short) closeCode).array()));
            out.flush();
        }
        connection.close();
    }

    private static byte[] frame(int opcode, byte[] payload) {
        ByteBuffer bytes = ByteBuffer.allocate(payload.length + 4);
        bytes.put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            bytes.put((byte) payload.length);
        } else {
            bytes.put((byte) 126).putShort((short) payload.length);
        }
        bytes.put(payload);
        byte[] whole = new byte[bytes.position()];
        bytes.flip().get(whole);
        return whole;
    }

    /// The next text; null when the client closes.
    private @Nullable String read(DataInputStream in) throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            int length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                throw new IOException("a frame of more than 64 KiB");
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            switch (first & 0x0f) {
                case 1 -> {
                    return new String(payload, StandardCharsets.UTF_8);
                }
                case 8 -> {
                    return null;
                }
                case 10 -> {}
                default -> state.violation("opcode " + (first & 0x0f));
            }
        }
    }
}
