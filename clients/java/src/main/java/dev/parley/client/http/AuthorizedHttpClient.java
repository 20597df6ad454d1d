package dev.parley.client.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// An HTTP client that shows a good access token with each request, and asks once more with a new one when a service
/// answers 401. The generated APIs go through it.
public final class AuthorizedHttpClient extends HttpClient {

    /// Where tokens come from.
    public interface Bearer {

        /// A token that is good for a while.
        String token();

        /// One that is another than `refused`.
        String tokenOtherThan(String refused);
    }

    private static final int UNAUTHORIZED = 401;

    private final HttpClient http;
    private final Bearer bearer;

    public AuthorizedHttpClient(HttpClient http, Bearer bearer) {
        this.http = http;
        this.bearer = bearer;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        String token = bearer.token();
        HttpResponse<T> answer = http.send(with(request, token), handler);
        if (answer.statusCode() != UNAUTHORIZED) {
            return answer;
        }
        closeUnread(answer);
        return http.send(with(request, bearer.tokenOtherThan(token)), handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    /// Tokens are waited for on virtual threads. Cancelling what is returned does not cancel the exchange.
    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        return aside(bearer::token)
                .thenCompose(token -> http.sendAsync(with(request, token), handler, pushes)
                        .thenCompose(answer -> answer.statusCode() == UNAUTHORIZED
                                ? again(request, token, answer, handler, pushes)
                                : CompletableFuture.completedFuture(answer)));
    }

    private <T> CompletableFuture<HttpResponse<T>> again(
            HttpRequest request,
            String refused,
            HttpResponse<T> refusal,
            BodyHandler<T> handler,
            @Nullable PushPromiseHandler<T> pushes) {
        return aside(() -> {
                    closeUnread(refusal);
                    return bearer.tokenOtherThan(refused);
                })
                .thenCompose(token -> http.sendAsync(with(request, token), handler, pushes));
    }

    private static CompletableFuture<String> aside(Callable<String> token) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(token.call());
            } catch (Exception | Error e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static void closeUnread(HttpResponse<?> answer) throws IOException {
        if (answer.body() instanceof Closeable unread) {
            unread.close();
        }
    }

    private static HttpRequest with(HttpRequest request, String token) {
        return HttpRequest.newBuilder(request, (name, value) -> !name.equalsIgnoreCase("Authorization"))
                .setHeader("Authorization", "Bearer " + token)
                .build();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return http.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return http.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return http.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return http.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return http.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return http.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return http.authenticator();
    }

    @Override
    public Version version() {
        return http.version();
    }

    @Override
    public Optional<Executor> executor() {
        return http.executor();
    }
}
