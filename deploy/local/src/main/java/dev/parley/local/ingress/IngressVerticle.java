package dev.parley.local.ingress;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One event loop of the ingress: its listeners, its client and all connections of both.
final class IngressVerticle extends AbstractVerticle implements ProxyInterceptor {

    /// Above the services' own 16 KiB, so that they answer what is too large.
    private static final int MAX_HEADER_BYTES = 32 * 1024;

    /// A tunnel holds its connection, so this bounds the sockets of one event loop.
    private static final int MAX_CONNECTIONS = 50_000;

    private final int port;
    private final List<String> addresses;
    private final List<Route> routes;
    private final Map<Route, HttpProxy> proxies = new HashMap<>();

    IngressVerticle(int port, List<String> addresses, List<Route> routes) {
        this.port = port;
        this.addresses = addresses;
        this.routes = routes;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setDecompressionSupported(false)
                        .setConnectTimeout(2_000),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(0));
        for (Route route : routes) {
            HttpProxy proxy = HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                    .origin(OriginRequestProvider.selector(context -> Future.succeededFuture(
                            SocketAddress.inetSocketAddress(route.backends().next(), "127.0.0.1"))))
                    .addInterceptor(this);
            proxies.put(route, proxy);
        }
        Tunnel tunnel = new Tunnel(vertx, client);
        Future.all(addresses.stream().map(address -> listen(address, tunnel)).toList())
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private Future<?> listen(String address, Tunnel tunnel) {
        HttpServerOptions options = new HttpServerOptions()
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxInitialLineLength(MAX_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                // Tunnels are HTTP/1.1, and the proxy library loses the body of a request that upgrades to HTTP/2.
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .requestHandler(request -> route(request, tunnel))
                .listen(port, address);
    }

    private void route(HttpServerRequest request, Tunnel tunnel) {
        Route.of(routes, request)
                .ifPresentOrElse(
                        route -> forward(request, route, tunnel),
                        () -> refuse(request, 404, Problem.notFound(request)));
    }

    private void forward(HttpServerRequest request, Route route, Tunnel tunnel) {
        if (Tunnel.wantsUpgrade(request)) {
            tunnel.open(request, route).onFailure(away -> refuseLate(request));
        } else {
            proxies.get(route).handle(request);
        }
    }

    /// Names the client to the service, and answers for a service that does not.
    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest request = context.request().proxiedRequest();
        // Absent in HTTP/1.0, and in requests that are against the rules: the service is told its own then.
        if (request.authority() != null) {
            context.request().setAuthority(request.authority());
        }
        Forwarded.set(context.request().headers(), request);
        return context.sendRequest()
                .recover(away -> Future.succeededFuture(context.request()
                        .release()
                        .response()
                        .setStatusCode(503)
                        .putHeader("Content-Type", Problem.MEDIA_TYPE)
                        .putHeader("Cache-Control", "no-store")
                        .putHeader("Retry-After", Problem.RETRY_AFTER)
                        .setBody(Body.body(Problem.unavailable(request)))));
    }

    private static void refuseLate(HttpServerRequest request) {
        request.resume();
        if (request.response().headWritten()) {
            request.connection().close();
        } else {
            request.response().headers().clear();
            request.response().putHeader("Retry-After", Problem.RETRY_AFTER);
            refuse(request, 503, Problem.unavailable(request));
        }
    }

    private static void refuse(HttpServerRequest request, int status, Buffer problem) {
        HttpServerResponse response = request.response();
        response.setStatusCode(status)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(problem);
    }
}
