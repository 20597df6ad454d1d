package dev.parley.room.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Plays the auth service's `/internal/users` over HTTP, with its credential.
public final class FakeAuthService implements AutoCloseable {

    static final String SECRET = "room-secret";

    private static final String AUTHORIZATION =
            "Basic " + Base64.getEncoder().encodeToString(("room:" + SECRET).getBytes(StandardCharsets.UTF_8));

    private final HttpServer server;
    private final Map<UserId, Users.Versioned> users = new ConcurrentHashMap<>();
    private volatile boolean away;

    private FakeAuthService(HttpServer server) {
        this.server = server;
    }

    static FakeAuthService start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var fake = new FakeAuthService(server);
            server.createContext(InternalPaths.USERS, fake::answer);
            server.start();
            return fake;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// Adds an account.
    public UserRef register(String username) {
        var user = UserRef.present(UserId.random(), username, username);
        users.put(user.id(), new Users.Versioned(user, 1));
        return user;
    }

    /// Adds an account that was erased.
    public UserRef registerErased() {
        var user = UserRef.erased(UserId.random());
        users.put(user.id(), new Users.Versioned(user, 2));
        return user;
    }

    /// Lets every call fail, or not.
    public void setAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
            } else if (!AUTHORIZATION.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
            } else {
                var body = JsonDialect.newMapper()
                        .writeValueAsBytes(
                                new Users(find(exchange.getRequestURI().getQuery())));
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private List<Users.Versioned> find(String query) {
        return Arrays.stream(query.substring("ids=".length()).split(",", -1))
                .map(UserId::fromString)
                .map(users::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
