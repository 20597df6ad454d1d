package dev.parley.local.ingress;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.Set;

/// Passes WebSocket upgrades on, and after them the bytes of both sides.
///
/// The proxy library's own upgrade drops the body of a refusal and reads without back-pressure, so that a client
/// that does not read would fill the ingress instead of the gateway's bounded queue. Here a side that is not read
/// stops the other from being read, and the end of one side, in whatever way, is the end of the other.
///
/// *Thread*: the event loop of the verticle, which is the client's and the upstream connection's too; the upstream
/// is paused in the same turn in which its 101 arrives, so that a `hello` right behind it is not lost.
final class Tunnel {

    /// How long a client may take to read what was on its way when the service ended.
    private static final long LINGER_MILLIS = 10_000;

    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "upgrade", "keep-alive", "transfer-encoding", "proxy-connection", "te", "trailer");

    private final Vertx vertx;
    private final HttpClient client;

    Tunnel(Vertx vertx, HttpClient client) {
        this.vertx = vertx;
        this.client = client;
    }

    static boolean wantsUpgrade(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method()) && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    /// Asks the service for the upgrade; fails when the service does not answer.
    Future<Void> open(HttpServerRequest request, Route route) {
        request.pause();
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost("127.0.0.1")
                        .setPort(route.backends().next())
                        .setURI(request.uri()))
                .compose(upstream -> ask(upstream, request))
                .compose(answer -> answer.statusCode() == 101 ? join(request, answer) : refuse(request, answer));
    }

    private static Future<HttpClientResponse> ask(HttpClientRequest upstream, HttpServerRequest request) {
        passOn(request.headers(), upstream.headers());
        Forwarded.set(upstream.headers(), request);
        upstream.headers().set("Connection", "Upgrade").set("Upgrade", "websocket");
        request.exceptionHandler(gone -> upstream.reset());
        // The end of the tunnel is told by its two sockets; without a handler it would be logged as an error, too.
        upstream.exceptionHandler(ended -> {});
        return upstream.connect();
    }

    private Future<Void> join(HttpServerRequest request, HttpClientResponse answer) {
        NetSocket service = answer.netSocket();
        service.pause();
        HttpServerResponse response = request.response().setStatusCode(101);
        passOn(answer.headers(), response.headers());
        response.headers().set("Connection", "Upgrade").set("Upgrade", "websocket");
        Future<NetSocket> upgraded = request.toNetSocket();
        request.resume();
        return upgraded.onFailure(gone -> service.close()).map(socket -> {
            pipe(socket, service);
            return null;
        });
    }

    private void pipe(NetSocket socket, NetSocket service) {
        socket.closeHandler(closed -> service.close());
        service.closeHandler(closed -> vertx.setTimer(LINGER_MILLIS, late -> socket.close()));
        service.pipeTo(socket).onComplete(ended -> socket.close());
        socket.pipeTo(service).onComplete(ended -> service.close());
    }

    private static Future<Void> refuse(HttpServerRequest request, HttpClientResponse answer) {
        HttpServerResponse response = request.response().setStatusCode(answer.statusCode());
        passOn(answer.headers(), response.headers());
        if (!response.headers().contains("Content-Length")) {
            response.setChunked(true);
        }
        request.resume();
        return answer.pipeTo(response);
    }

    /// Copies headers, without those that are about one connection only (RFC 9110, section 7.6.1).
    private static void passOn(MultiMap from, MultiMap to) {
        from.forEach(header -> {
            if (!NOT_PASSED_ON.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                to.add(header.getKey(), header.getValue());
            }
        });
    }
}
