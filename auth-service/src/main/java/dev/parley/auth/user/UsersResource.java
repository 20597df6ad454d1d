package dev.parley.auth.user;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.account.Username;
import dev.parley.auth.session.CurrentSession;
import dev.parley.auth.session.LiveSession;
import dev.parley.auth.throttle.Throttle;
import dev.parley.kit.paging.Cursor;
import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.text.TextRules;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/auth/users/`: finding people. Never shows an e-mail address.
@Path("/auth/users/")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@LiveSession
@RunOnVirtualThread
class UsersResource {

    private static final int MAX_IDS = 100;
    private static final int MIN_QUERY = 2;
    private static final int MAX_QUERY = 100;

    private final Accounts accounts;
    private final CurrentSession current;
    private final Throttle throttle;

    UsersResource(Accounts accounts, CurrentSession current, Throttle throttle) {
        this.accounts = accounts;
        this.current = current;
        this.throttle = throttle;
    }

    @GET
    @Operation(
            operationId = "findUsers",
            summary = "Find users by exactly one of: the beginning of a name, a username, ids",
            description = "`q` (2 to 100 characters) looks at usernames and display names, whatever their case,"
                    + " and answers in pages by username. `ids` are up to 100, separated by commas.")
    @APIResponse(responseCode = "200", description = "A page of users")
    @APIResponse(responseCode = "400", description = "`validation_failed` on `q`, `username`, `ids`, `limit`, `cursor`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Page<UserRef> find(
            @QueryParam("q") @Nullable String q,
            @QueryParam("username") @Nullable String username,
            @QueryParam("ids") @Nullable String ids,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        if (Stream.of(q, username, ids).flatMap(Stream::ofNullable).count() != 1) {
            throw ProblemException.invalid(FieldProblem.invalid("q", "give one of q, username and ids"));
        }
        var rows = QueryNumber.limit(limit);
        var after = cursor == null ? "" : Cursor.parseKey(cursor, Username::new).text();
        if (ids != null) {
            return Page.whole(refs(accounts.findAll(parse(ids))));
        }
        throttle.search(current.caller().userId().toString());
        return username != null ? Page.whole(refs(named(username))) : search(String.valueOf(q), after, rows);
    }

    @GET
    @Path("/{id}/")
    @Operation(operationId = "getUser", summary = "One user; of an erased account the id is left")
    @APIResponse(responseCode = "200", description = "The user")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "404", description = "`user_not_found`")
    public UserRef get(@PathParam("id") String id) {
        return parseId(id)
                .flatMap(accounts::find)
                .map(Account::toRef)
                .orElseThrow(() -> ProblemException.of(ProblemCode.USER_NOT_FOUND));
    }

    private Page<UserRef> search(String q, String after, int limit) {
        new FieldChecks()
                .required("q", q, text -> TextRules.nameViolation(text, MIN_QUERY, MAX_QUERY))
                .orThrow();
        var found = accounts.findByPrefix(q, after, limit + 1);
        return Page.of(found, limit, last -> Cursor.ofKey(last.username()), UsersResource::refs);
    }

    private List<Account> named(String username) {
        return Username.violation(username).isPresent()
                ? List.of()
                : accounts.findByUsername(new Username(username)).stream().toList();
    }

    private static List<UserRef> refs(List<Account> found) {
        return found.stream().map(Account::toRef).toList();
    }

    private static List<UserId> parse(String ids) {
        var parts = ids.split(",", -1);
        var parsed = Arrays.stream(parts).map(UsersResource::parseId).toList();
        if (parts.length > MAX_IDS || parsed.contains(Optional.<UserId>empty())) {
            throw ProblemException.invalid(FieldProblem.invalid("ids", "must be 1 to " + MAX_IDS + " ids"));
        }
        return parsed.stream().flatMap(Optional::stream).distinct().toList();
    }

    private static Optional<UserId> parseId(String id) {
        try {
            return Optional.of(UserId.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
