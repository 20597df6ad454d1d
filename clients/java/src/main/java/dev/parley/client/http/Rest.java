package dev.parley.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The few calls that the client makes by itself: tokens, tickets, and what a log has.
///
/// *Thread*: any; calls block. *Errors*: [ParleyException.Problem] for an answer that is no success,
/// [ParleyException.Unreachable] when there is none, with its body, within [#PATIENCE] or what a call has instead.
public final class Rest {

    /// How long an answer is waited for.
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final HttpClient http;
    private final URI base;

    /// @param base the origin, without a path
    public Rest(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    public URI base() {
        return base;
    }

    /// @param bearer the access token, or null for a call without one
    public JsonNode post(String path, Map<String, ?> body, @Nullable String bearer) {
        return post(path, body, bearer, PATIENCE);
    }

    /// @param patience how long the answer is waited for
    public JsonNode post(String path, Map<String, ?> body, @Nullable String bearer, Duration patience) {
        return call(
                request(path, bearer)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                        .build(),
                patience);
    }

    public JsonNode get(String path, String bearer) {
        return call(request(path, bearer).GET().build(), PATIENCE);
    }

    private HttpRequest.Builder request(String path, @Nullable String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "application/json, application/problem+json");
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    /// The time-out that the JDK's requests have ends with the headers; a body may still never come.
    private JsonNode call(HttpRequest request, Duration patience) {
        CompletableFuture<HttpResponse<String>> exchange =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            HttpResponse<String> answer = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            JsonNode body = tree(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw problem(answer.statusCode(), body, answer.headers());
            }
            return body;
        } catch (ExecutionException | TimeoutException e) {
            exchange.cancel(true);
            throw new ParleyException.Unreachable(
                    "no answer from " + request.uri().getPath(), e instanceof ExecutionException ? e.getCause() : e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new ParleyException.Unreachable("interrupted", e);
        }
    }

    /// The problem that an answer tells, also when it is not written as one.
    public static ParleyException.Problem problem(int status, @Nullable String body, HttpHeaders headers) {
        return problem(status, tree(body == null ? "" : body), headers);
    }

    private static ParleyException.Problem problem(int status, JsonNode body, HttpHeaders headers) {
        return new ParleyException.Problem(
                status,
                body.path("code").asText("unknown"),
                body.path("detail").asText(""),
                retryAfter(headers).orElse(null));
    }

    /// `Retry-After` in its form of seconds, an hour at most; the form of a date is not used by Parley.
    public static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> {
                    Duration told = Duration.ofSeconds(Long.parseLong(text));
                    return told.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : told;
                });
    }

    private static JsonNode tree(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : Json.parse(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
