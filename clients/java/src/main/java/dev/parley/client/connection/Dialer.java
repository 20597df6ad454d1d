package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import dev.parley.client.session.AccessToken;
import dev.parley.client.session.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Opens a socket: an access token, a ticket for it, the upgrade. *Thread*: any; it blocks.
final class Dialer {

    /// What came of it.
    sealed interface Outcome {

        record Opened() implements Outcome {}

        /// Refused with an HTTP status, by the auth service or before the upgrade.
        record Refused(int status, String code, Duration retryAfter) implements Outcome {}

        /// There is no session any more.
        record SessionEnded(String code) implements Outcome {}

        /// Nobody answered.
        record Unreachable(String cause) implements Outcome {}
    }

    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final Rest rest;
    private final Tokens tokens;
    private final Duration patience;

    Dialer(HttpClient http, Rest rest, Tokens tokens, Duration patience) {
        this.http = http;
        this.rest = rest;
        this.tokens = tokens;
        this.patience = patience;
    }

    /// @param refused an access token that must not be used again, or null
    Outcome dial(@Nullable String refused, Wire wire) {
        try {
            AccessToken token = refused == null ? tokens.access() : tokens.accessOtherThan(refused);
            wire.token(token.value());
            JsonNode ticket = rest.post("/auth/ws-ticket/", Map.of(), token.value());
            return upgrade(ticket.path("ticket").asText(), wire);
        } catch (ParleyException.SessionEnded ended) {
            return new Outcome.SessionEnded(ended.code());
        } catch (ParleyException.Problem problem) {
            return new Outcome.Refused(
                    problem.status(), problem.code(), problem.retryAfter().orElse(Duration.ZERO));
        } catch (ParleyException.Unreachable unreachable) {
            return new Outcome.Unreachable(String.valueOf(unreachable.getMessage()));
        }
    }

    private Outcome upgrade(String ticket, Wire wire) {
        String origin = rest.base().toString().replaceFirst("^http", "ws").replaceFirst("/$", "");
        URI uri = URI.create(origin + "/ws/chat/?token=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8));
        try {
            http.newWebSocketBuilder()
                    .connectTimeout(patience)
                    .subprotocols("chat.v1.ndjson", "chat.v1")
                    .buildAsync(uri, wire)
                    .join();
            return new Outcome.Opened();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                HttpResponse<?> answer = refusal.getResponse();
                int status = answer.statusCode();
                return new Outcome.Refused(
                        status, code(status), Rest.retryAfter(answer.headers()).orElse(Duration.ZERO));
            }
            return new Outcome.Unreachable("the upgrade was not answered");
        }
    }

    /// The JDK reads no body of a refused upgrade; the status says enough.
    private static String code(int status) {
        return switch (status) {
            case UNAUTHORIZED -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 429 -> "rate_limited";
            default -> "unavailable";
        };
    }
}
