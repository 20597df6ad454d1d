package dev.parley.local.ingress;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/// A first path segment and the local instances that serve it.
///
/// @param prefix as `/auth`: matches itself and everything below it
public record Route(String prefix, Backends backends) {

    /// A service of one instance.
    public Route(String prefix, int port) {
        this(prefix, new Backends(List.of(new Backends.Instance(port, 0))));
    }

    static Optional<Route> of(List<Route> routes, HttpServerRequest request) {
        return Optional.ofNullable(request.path())
                .flatMap(path ->
                        routes.stream().filter(route -> route.matches(path)).findFirst());
    }

    private boolean matches(String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }
}
