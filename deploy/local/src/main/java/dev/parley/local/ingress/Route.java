package dev.parley.local.ingress;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A first path segment and the local port that serves it.
///
/// @param prefix as `/auth`: matches itself and everything below it
public record Route(String prefix, int port) {

    static Optional<Route> of(List<Route> routes, HttpServerRequest request) {
        return Optional.ofNullable(request.path())
                .flatMap(path ->
                        routes.stream().filter(route -> route.matches(path)).findFirst());
    }

    private boolean matches(String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s → %d", prefix, port);
    }
}
