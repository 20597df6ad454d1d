package dev.parley.local.ingress;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The instances of one service, of which those that say they are ready take turns.
///
/// When none is ready, all take turns: the answer of one that starts, or stops, is better than none. *Thread*: any.
public final class Backends {

    private static final long CHECK_MILLIS = 200;
    private static final int CHECK_PATIENCE_MILLIS = 1_000;

    /// @param managementPort where its readiness is asked for
    public record Instance(int port, int managementPort) {}

    private final List<Instance> instances;
    private final Map<Instance, Boolean> ready = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /// @param instances at least one
    public Backends(List<Instance> instances) {
        this.instances = List.copyOf(instances);
    }

    /// The port of the instance whose turn it is.
    int next() {
        var able = instances.stream()
                .filter(instance -> ready.getOrDefault(instance, false))
                .toList();
        var choice = able.isEmpty() ? instances : able;
        return choice.get(Math.floorMod(turn.getAndIncrement(), choice.size())).port();
    }

    /// Asks for readiness until `vertx` closes; not of a single instance, which has no turns.
    void watch(Vertx vertx) {
        if (instances.size() > 1) {
            HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                    .setConnectTimeout(CHECK_PATIENCE_MILLIS)
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setReadIdleTimeout(CHECK_PATIENCE_MILLIS));
            vertx.setPeriodic(0, CHECK_MILLIS, round -> instances.forEach(instance -> check(client, instance)));
        }
    }

    private void check(HttpClient client, Instance instance) {
        client.request(HttpMethod.GET, instance.managementPort(), "127.0.0.1", "/q/health/ready")
                .compose(HttpClientRequest::send)
                .onSuccess(answer -> ready.put(instance, answer.statusCode() == 200))
                .onFailure(away -> ready.put(instance, false));
    }
}
