package dev.parley.kit.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.AuthEventPage;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Revocations;
import dev.parley.model.internal.Users;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// The auth service's `/internal` endpoints. Every call is bounded in time and in size.
///
/// Thread: any that may block; a virtual one costs nothing while it waits.
@ApplicationScoped
public class AuthServiceClient {

    /// As many ids as fit the request line that every HTTP server takes (4 KiB).
    public static final int MAX_IDS = 100;

    /// A session that has ended takes 150 bytes: a hundred thousand of them in a quarter of an hour.
    private static final long MAX_BODY_BYTES = 16L << 20;

    private static final int OK = 200;

    private final ObjectMapper json;
    private final String url;
    private final String authorization;
    private final Duration timeout;
    private final HttpClient http;

    public AuthServiceClient(ObjectMapper json, AuthServiceConfig config) {
        this.json = json;
        this.url = config.url().replaceFirst("/+$", "");
        this.authorization = "Basic "
                + Base64.getEncoder()
                        .encodeToString((config.caller().orElse("") + ":"
                                        + config.secret().orElse(""))
                                .getBytes(StandardCharsets.UTF_8));
        this.timeout = config.timeout();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .build();
    }

    /// @param after exclusive
    /// @param limit 1 to 1,000
    /// @throws AuthServiceUnavailableException if it does not answer as agreed
    public AuthEventPage events(long after, int limit) {
        return get(InternalPaths.AUTH_EVENTS + "?after=" + after + "&limit=" + limit, AuthEventPage.class);
    }

    /// @throws AuthServiceUnavailableException if it does not answer as agreed
    public Revocations revocations() {
        return get(InternalPaths.REVOCATIONS, Revocations.class);
    }

    /// @param ids 1 to [#MAX_IDS]
    /// @throws AuthServiceUnavailableException if it does not answer as agreed
    public Users users(Collection<UserId> ids) {
        var list = ids.stream().map(UserId::toString).collect(Collectors.joining(","));
        return get(InternalPaths.USERS + "?ids=" + list, Users.class);
    }

    private <T> T get(String pathAndQuery, Class<T> type) {
        var request = HttpRequest.newBuilder(URI.create(url + pathAndQuery))
                .header("Authorization", authorization)
                .build();
        var answer = await(request);
        if (answer.statusCode() != OK) {
            throw new AuthServiceUnavailableException("the auth service answers " + answer.statusCode());
        }
        try {
            return json.readValue(answer.body(), type);
        } catch (IOException e) {
            throw new AuthServiceUnavailableException(e);
        }
    }

    /// The client's own time-out ends with the headers; this one covers the body.
    private HttpResponse<byte[]> await(HttpRequest request) {
        var exchange = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BODY_BYTES));
        try {
            return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AuthServiceUnavailableException(e.getCause());
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new AuthServiceUnavailableException(e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new AuthServiceUnavailableException(e);
        }
    }
}
