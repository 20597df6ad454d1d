package dev.parley.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.connection.ClientLimits;
import dev.parley.client.connection.Timing;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.outbox.OutboxStore;
import dev.parley.client.session.Session;
import dev.parley.client.session.SessionStore;
import dev.parley.client.session.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// How a client is to be, and the ways to become one: [#login], [#register], [#resume].
///
/// *Thread*: one. Each setter answers the object itself.
public final class ClientOptions {

    private final URI origin;
    private SessionStore sessionStore = SessionStore.inMemory();
    private OutboxStore outboxStore = OutboxStore.inMemory();
    private int outboxCapacity = 1_000;
    private long catchUpLimit = 50_000;
    private Timing timing = Timing.defaults();
    private @Nullable HttpClient http;

    ClientOptions(URI origin) {
        if (!"http".equals(origin.getScheme()) && !"https".equals(origin.getScheme())) {
            throw new IllegalArgumentException("the origin must begin with http:// or https://");
        }
        this.origin = origin;
    }

    /// Where the session is kept between two runs. Default: nowhere.
    public ClientOptions sessionStore(SessionStore store) {
        sessionStore = store;
        return this;
    }

    /// Where unsent messages are kept. Default: in memory. It is closed with the client.
    public ClientOptions outboxStore(OutboxStore store) {
        outboxStore = store;
        return this;
    }

    /// How many messages may wait to be sent. Default 1,000. Higher: more memory while the server is away.
    public ClientOptions outboxCapacity(int messages) {
        outboxCapacity = messages;
        return this;
    }

    /// How many missed events of a room are read and told one by one. Default 50,000. Beyond, listeners are told to
    /// reload ([dev.parley.client.event.Following.Reload]), which then is cheaper.
    public ClientOptions catchUpLimit(long events) {
        catchUpLimit = events;
        return this;
    }

    /// How long is waited for what.
    public ClientOptions timing(Timing timing) {
        this.timing = timing;
        return this;
    }

    /// An HTTP client to use, for a proxy or certificates of one's own, and for many clients in one process. It must
    /// speak HTTP/1.1 and is not closed with the client.
    public ClientOptions http(HttpClient client) {
        http = client;
        return this;
    }

    /// Logs in.
    ///
    /// @param username or the e-mail address
    /// @throws ParleyException if it does not succeed, with `invalid_credentials` or another code
    public ParleyClient login(String username, String password) {
        return enter("/auth/login/", Map.of("username", username, "password", password));
    }

    /// Makes an account and logs in.
    ///
    /// @throws ParleyException if it does not succeed, with `username_taken` or another code
    public ParleyClient register(String username, String email, String password) {
        return enter("/auth/register/", Map.of("username", username, "email", email, "password", password));
    }

    /// Goes on with the session that the store has; empty when it has none. Whether the session has ended meanwhile
    /// shows when it is used first.
    public Optional<ParleyClient> resume() {
        HttpClient client = client();
        Rest rest = new Rest(client, origin);
        Tokens tokens = new Tokens(rest, sessionStore, InstantSource.system());
        return tokens.resume().map(session -> new ParleyClient(this, client, rest, tokens, session));
    }

    private ParleyClient enter(String path, Map<String, String> body) {
        HttpClient client = client();
        Rest rest = new Rest(client, origin);
        JsonNode answer = rest.post(path, body, null);
        Tokens tokens = new Tokens(rest, sessionStore, InstantSource.system());
        Session session = tokens.begin(answer);
        return new ParleyClient(this, client, rest, tokens, session);
    }

    private HttpClient client() {
        return Objects.requireNonNullElseGet(
                http,
                () -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timing.connectPatience())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build());
    }

    boolean ownsHttp() {
        return http == null;
    }

    OutboxStore outboxStore() {
        return outboxStore;
    }

    int outboxCapacity() {
        return outboxCapacity;
    }

    ClientLimits limits() {
        return new ClientLimits(timing, catchUpLimit, RandomGenerator.getDefault());
    }
}
