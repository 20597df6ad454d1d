package dev.parley.local.ingress;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The reverse proxy on the public port: one origin for all services.
///
/// What no route names is 404, so the services' ports for health and `/internal` are not reachable through it.
/// A service that is away is 503 `unavailable` with `Retry-After`. Nothing is retried and no connection is cut
/// for being idle. It listens on the loopback addresses only, IPv4 and, where there is one, IPv6.
public final class Ingress implements AutoCloseable {

    private static final int EVENT_LOOPS = 2;

    private final Vertx vertx;

    private Ingress(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Starts the proxy; returns when it listens.
    ///
    /// @throws IllegalStateException if the port is taken
    public static Ingress start(int port, List<Route> routes) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        try {
            vertx.deployVerticle(
                            () -> new IngressVerticle(port, addresses(), List.copyOf(routes)),
                            new DeploymentOptions().setInstances(EVENT_LOOPS))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            routes.forEach(route -> route.backends().watch(vertx));
            return new Ingress(vertx);
        } catch (CompletionException e) {
            vertx.close();
            throw new IllegalStateException("The ingress could not listen on port " + port, e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The ingress did not close", e);
        }
    }

    private static List<String> addresses() {
        List<String> addresses = new ArrayList<>(List.of("127.0.0.1"));
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            addresses.add(probe.getInetAddress().getHostAddress());
        } catch (IOException noIpv6) {
            return addresses;
        }
        return addresses;
    }
}
