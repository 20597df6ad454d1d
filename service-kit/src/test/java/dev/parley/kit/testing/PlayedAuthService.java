package dev.parley.kit.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.kit.json.JsonDialect;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.AuthEventPage;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Revocations;
import dev.parley.model.internal.Users;
import dev.parley.model.stream.AuthEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// The auth service's `/internal` over HTTP, with its credential, and accounts and events in memory. It writes no
/// stream: a test that wants an event there puts it there. Thread-safe.
public class PlayedAuthService implements AutoCloseable {

    private final HttpServer server;
    private final String authorization;
    private final ObjectMapper json = JsonDialect.newMapper();
    private final Map<UserId, Users.Versioned> users = new HashMap<>();
    private final List<AuthEvent> events = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private long lastN;
    private volatile boolean away;

    /// @param caller who may ask
    public PlayedAuthService(String caller, String secret) {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((caller + ":" + secret).getBytes(StandardCharsets.UTF_8));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/", this::answer);
        server.start();
    }

    public final String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// Adds an account, whose registration is an event.
    public final synchronized UserRef register(String username) {
        var user = UserRef.present(UserId.random(), username, username);
        change(user);
        return user;
    }

    /// Adds an account that was erased; of that there is no event any more.
    public final synchronized UserRef registerErased() {
        var user = UserRef.erased(UserId.random());
        users.put(user.id(), new Users.Versioned(user, 2));
        return user;
    }

    /// Changes a display name.
    public final synchronized AuthEvent.UserChanged rename(UserRef user, String displayName) {
        return change(UserRef.present(user.id(), Objects.requireNonNull(user.username()), displayName));
    }

    public final synchronized AuthEvent.UserChanged erase(UserRef user) {
        return change(UserRef.erased(user.id()));
    }

    /// Ends a session whose tokens expire in 15 minutes.
    public final AuthEvent.SessionRevoked revoke(SessionId session) {
        return revoke(session, Instant.now().plusSeconds(900).truncatedTo(ChronoUnit.MILLIS));
    }

    public final synchronized AuthEvent.SessionRevoked revoke(SessionId session, Instant tokensExpireAt) {
        var event = new AuthEvent.SessionRevoked(++lastN, session, UserId.random(), tokensExpireAt);
        events.add(event);
        return event;
    }

    private AuthEvent.UserChanged change(UserRef user) {
        var before = users.get(user.id());
        var version = before == null ? 1 : before.version() + 1;
        users.put(user.id(), new Users.Versioned(user, version));
        var event = new AuthEvent.UserChanged(++lastN, user, version);
        events.add(event);
        return event;
    }

    public final synchronized long lastN() {
        return lastN;
    }

    /// Keeps no event up to `n` any longer.
    public final synchronized void forgetEvents(long n) {
        events.removeIf(event -> event.n() <= n);
    }

    /// Counts from `n` on again, as after the restore of a backup.
    public final synchronized void restore(long n) {
        events.removeIf(event -> event.n() > n);
        lastN = n;
    }

    /// Lets every call fail, or not.
    public final void setAway(boolean isAway) {
        away = isAway;
    }

    /// Has an account as it was, as after the restore of a backup: there is no event of that.
    public final synchronized void restore(UserRef user, long version) {
        users.put(user.id(), new Users.Versioned(user, version));
    }

    /// How often it was asked.
    public final int requests() {
        return requests.get();
    }

    @Override
    public final void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            if (away) {
                exchange.sendResponseHeaders(503, -1);
            } else if (!authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
            } else {
                var body =
                        json.writeValueAsBytes(answerTo(exchange.getRequestURI().getPath(), query(exchange)));
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private synchronized Object answerTo(String path, Map<String, String> query) {
        return switch (path) {
            case InternalPaths.USERS -> users(query.getOrDefault("ids", ""));
            case InternalPaths.AUTH_EVENTS ->
                events(
                        Long.parseLong(query.getOrDefault("after", "0")),
                        Integer.parseInt(query.getOrDefault("limit", "1000")));
            case InternalPaths.REVOCATIONS -> revocations();
            case String other -> throw new IllegalArgumentException(other);
        };
    }

    private Users users(String ids) {
        return new Users(Arrays.stream(ids.split(",", -1))
                .map(UserId::fromString)
                .map(users::get)
                .filter(Objects::nonNull)
                .toList());
    }

    private AuthEventPage events(long after, int limit) {
        var items = events.stream()
                .filter(event -> event.n() > after)
                .limit(limit)
                .map(this::asNow)
                .toList();
        var complete = items.isEmpty() ? after >= lastN : items.getFirst().n() == after + 1;
        return new AuthEventPage(items, lastN, complete);
    }

    /// Events show accounts as they are when read.
    private AuthEvent asNow(AuthEvent event) {
        return switch (event) {
            case AuthEvent.UserChanged changed -> {
                var now = Objects.requireNonNull(users.get(changed.user().id()));
                yield new AuthEvent.UserChanged(changed.n(), now.user(), now.version());
            }
            case AuthEvent.SessionRevoked revoked -> revoked;
        };
    }

    private Revocations revocations() {
        return new Revocations(
                lastN,
                events.stream()
                        .filter(AuthEvent.SessionRevoked.class::isInstance)
                        .map(AuthEvent.SessionRevoked.class::cast)
                        .map(event -> new Revocations.Item(event.sessionId(), event.userId(), event.tokensExpireAt()))
                        .toList());
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getQuery();
        for (var pair : raw == null ? new String[0] : raw.split("&", -1)) {
            var parts = pair.split("=", 2);
            query.put(parts[0], parts[1]);
        }
        return query;
    }
}
