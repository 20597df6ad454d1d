package dev.parley.auth.event;

import dev.parley.kit.internal.InternalRoutes;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.internal.InternalPaths;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// `GET /internal/events?after=` and `GET /internal/revocations`: what a reader missed, from the database.
@ApplicationScoped
class InternalEvents {

    private static final int MAX_LIMIT = 1_000;

    private final InternalRoutes routes;
    private final EventLog log;

    InternalEvents(InternalRoutes routes, EventLog log) {
        this.routes = routes;
        this.log = log;
    }

    void mount(@Observes ManagementInterface management) {
        var router = management.router();
        routes.get(router, InternalPaths.AUTH_EVENTS, request -> {
            var after = request.parameter("after", Long::valueOf);
            var limit = request.optional("limit", Integer::valueOf).orElse(MAX_LIMIT);
            if (after < 0) {
                throw ProblemException.invalid(FieldProblem.invalid("after", "must not be negative"));
            }
            if (limit < 1 || limit > MAX_LIMIT) {
                throw ProblemException.invalid(FieldProblem.invalid("limit", "must be 1 to " + MAX_LIMIT));
            }
            return log.page(after, limit);
        });
        routes.get(router, InternalPaths.REVOCATIONS, request -> log.revocations());
    }
}
