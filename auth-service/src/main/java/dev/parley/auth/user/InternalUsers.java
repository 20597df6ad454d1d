package dev.parley.auth.user;

import dev.parley.auth.account.Accounts;
import dev.parley.kit.internal.InternalRequest;
import dev.parley.kit.internal.InternalRoutes;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Users;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// `GET /internal/users?ids=`: who the accounts with these ids are, erased ones too.
@ApplicationScoped
class InternalUsers {

    private static final int MAX_IDS = 1_000;

    private final InternalRoutes routes;
    private final Accounts accounts;

    InternalUsers(InternalRoutes routes, Accounts accounts) {
        this.routes = routes;
        this.accounts = accounts;
    }

    void mount(@Observes ManagementInterface management) {
        routes.get(management.router(), InternalPaths.USERS, this::find);
    }

    private Users find(InternalRequest request) {
        var ids = request.parameter("ids", InternalUsers::parse);
        if (ids.size() > MAX_IDS) {
            throw ProblemException.invalid(FieldProblem.invalid("ids", "must be " + MAX_IDS + " ids at most"));
        }
        return new Users(accounts.findAll(ids).stream()
                .map(account -> new Users.Versioned(account.toRef(), account.version()))
                .toList());
    }

    private static Set<UserId> parse(String ids) {
        return Arrays.stream(ids.split(",", -1))
                .map(UserId::fromString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
