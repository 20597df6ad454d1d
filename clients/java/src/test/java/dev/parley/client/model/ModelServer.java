package dev.parley.client.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.client.http.Json;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The three services behind one port, over real sockets: a thread a connection.
public final class ModelServer implements AutoCloseable {

    private static final Pattern EVENTS =
            Pattern.compile("/chat/rooms/([^/]+)/events/\\?after_seq=(\\d+)&limit=(\\d+)");
    private static final int PAGE = 3;

    /// @param path with its query
    private record Request(String method, String path, Map<String, String> headers, String body) {

        @Nullable
        String bearer() {
            String value = headers.get("authorization");
            return value == null ? null : value.replaceFirst("^Bearer ", "");
        }
    }

    public final ModelState state = new ModelState();
    private final Faults faults;
    private final ServerSocket listening;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    /// Of sockets that are opened from now on.
    public volatile int heartbeatMillis = 1_000;

    /// What becomes of the next answers to refreshes, in order: `silence`, or `cut` with the connection.
    public final Queue<String> lostRefreshes = new ConcurrentLinkedQueue<>();

    /// The status that refuses upgrades; 0 for none.
    public volatile int refuseUpgrades;

    public ModelServer(Faults faults) {
        this.faults = faults;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    public URI origin() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listening.accept();
                connection.setTcpNoDelay(true);
                connections.add(connection);
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException closed) {
            // by close()
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
            while (true) {
                Request request = read(in);
                if (request.path().startsWith("/ws/")) {
                    upgrade(connection, in, request);
                    return;
                }
                if (faults.strike(0.02)) {
                    return;
                }
                String answer = answer(request);
                String lost = request.path().equals("/auth/refresh/") ? lostRefreshes.poll() : null;
                if (lost != null && lost.equals("silence")) {
                    continue;
                }
                if (lost != null || faults.strike(0.02)) {
                    return;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (EOFException | SocketException gone) {
            // the client has ended it, or a fault
        } catch (IOException | RuntimeException e) {
            state.violation("serving: " + e);
        } finally {
            connections.remove(connection);
        }
    }

    private String answer(Request request) throws IOException {
        synchronized (state) {
            ModelAccounts accounts = state.accounts;
            switch (request.method() + " " + request.path()) {
                case "POST /auth/login/", "POST /auth/register/" -> {
                    return ok(accounts.login(
                            Json.parse(request.body()).path("username").asText()));
                }
                case "POST /auth/refresh/" -> {
                    Object tokens = accounts.refresh(
                            Json.parse(request.body()).path("refresh_token").asText());
                    return tokens instanceof String code ? problem(401, code) : ok(tokens);
                }
                case "POST /auth/logout/" -> {
                    return "HTTP/1.1 204 No Content\r\n\r\n";
                }
                default -> {}
            }
            String user = accounts.bearer(request.bearer());
            if (user == null) {
                return problem(401, "unauthenticated");
            }
            if (request.path().equals("/auth/ws-ticket/")) {
                return faults.strike(0.03)
                        ? problem(503, "unavailable")
                        : ok(Map.of("ticket", accounts.ticket(String.valueOf(request.bearer())), "expires_in", 30));
            }
            Matcher events = EVENTS.matcher(request.path());
            if (events.matches()) {
                return faults.strike(0.1)
                        ? problem(503, "unavailable")
                        : events(events.group(1), Long.parseLong(events.group(2)), Integer.parseInt(events.group(3)));
            }
            return problem(404, "not_found");
        }
    }

    private String events(String id, long after, int limit) {
        ModelRoom room = state.rooms.get(UUID.fromString(id));
        if (room == null) {
            return problem(404, "room_not_found");
        }
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode items = page.putArray("items");
        room.after(after).stream().limit(Math.min(limit, PAGE)).forEach(items::add);
        return ok(page.put("last_seq", room.log.size()).put("log_epoch", room.epoch));
    }

    private void upgrade(Socket connection, DataInputStream in, Request request) throws IOException {
        String token;
        String user;
        synchronized (state) {
            token = state.accounts.redeem(request.path().replaceFirst(".*[?&]token=", ""));
            user = state.accounts.bearer(token);
            if (token == null) {
                state.violation("an upgrade without a good ticket: " + request.path());
            }
        }
        int refusal = refuseUpgrades != 0 ? refuseUpgrades : user == null ? 401 : faults.strike(0.05) ? 503 : 0;
        if (refusal != 0 || user == null || token == null) {
            connection.getOutputStream().write(problem(refusal, "refused").getBytes(StandardCharsets.UTF_8));
            return;
        }
        boolean hasLines = faults.upTo(3) != 0;
        String offered = request.headers().getOrDefault("sec-websocket-protocol", "");
        if (!offered.startsWith("chat.v1.ndjson")) {
            state.violation("chat.v1.ndjson is not preferred: " + offered);
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(request.headers().getOrDefault("sec-websocket-key", ""))
                + "\r\nSec-WebSocket-Protocol: " + (hasLines ? "chat.v1.ndjson" : "chat.v1") + "\r\n\r\n";
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        new ModelSocket(state, faults, connection, user, token, hasLines).serve(in, heartbeatMillis);
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String ok(Object body) {
        return response("200 OK", "application/json", Json.write(body));
    }

    private static String problem(int status, String code) {
        return response(
                status + " Problem",
                "application/problem+json",
                Json.write(Map.of("status", status, "code", code, "detail", "")));
    }

    private static String response(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private static Request read(DataInputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
