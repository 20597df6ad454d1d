package dev.parley.room.user;

import dev.parley.kit.account.AuthServiceClient;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.Users;
import dev.parley.model.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Tells who users are.
@ApplicationScoped
public class UserDirectory {

    private static final Logger LOG = Logger.getLogger(UserDirectory.class);

    private final UserRepository users;
    private final UserProjection projection;
    private final AuthServiceUsers authService;

    UserDirectory(UserRepository users, UserProjection projection, AuthServiceUsers authService) {
        this.users = users;
        this.projection = projection;
        this.authService = authService;
    }

    /// The users as they are projected, by id; one query. Whoever is in a room was projected before he came in;
    /// an id without a row is shown as an erased account.
    public Map<UserId, UserRef> refs(Collection<UserId> ids) {
        var found = projected(Set.copyOf(ids));
        ids.forEach(id -> found.computeIfAbsent(id, UserRef::erased));
        return found;
    }

    /// The users that exist or existed, by id; those not projected yet are fetched from the auth service and stored.
    /// Never call it inside a transaction: it may wait for the network.
    /// @throws ProblemException `unavailable` if somebody is not projected and the auth service does not answer
    public Map<UserId, UserRef> resolve(Collection<UserId> ids) {
        var found = projected(Set.copyOf(ids));
        var unknown =
                ids.stream().distinct().filter(id -> !found.containsKey(id)).toList();
        var fetched = new ArrayList<Users.Versioned>();
        for (int from = 0; from < unknown.size(); from += AuthServiceClient.MAX_IDS) {
            fetched.addAll(fetch(unknown.subList(from, Math.min(from + AuthServiceClient.MAX_IDS, unknown.size()))));
        }
        if (!fetched.isEmpty()) {
            projection.store(fetched);
            fetched.forEach(row -> found.put(row.user().id(), row.user()));
        }
        return found;
    }

    /// Sees to it that users exist and are not erased; afterwards all of them are projected.
    /// @param field the request's member that names them, for the complaint
    /// @throws ProblemException `validation_failed` with the places of those who do not; `unavailable` when that
    ///     cannot be found out
    public void requirePresent(String field, List<UserId> ids) {
        var known = resolve(ids);
        var problems = IntStream.range(0, ids.size())
                .filter(i -> {
                    var user = known.get(ids.get(i));
                    return user == null || user.deleted();
                })
                .mapToObj(i -> FieldProblem.invalid(field + "[" + i + "]", "is no user"))
                .toArray(FieldProblem[]::new);
        if (problems.length > 0) {
            throw ProblemException.invalid(problems);
        }
    }

    private Map<UserId, UserRef> projected(Set<UserId> ids) {
        var found = new HashMap<UserId, UserRef>();
        users.findAllOf(ids).forEach(user -> found.put(new UserId(user.id), user.toRef()));
        return found;
    }

    private List<Users.Versioned> fetch(List<UserId> ids) {
        try {
            return authService.find(ids);
        } catch (RuntimeException e) {
            LOG.warnf("auth service did not tell users count=%d cause=%s", ids.size(), e);
            throw new ProblemException(ProblemCode.UNAVAILABLE, "Accounts cannot be looked up at the moment");
        }
    }
}
