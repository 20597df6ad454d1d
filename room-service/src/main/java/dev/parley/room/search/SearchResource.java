package dev.parley.room.search;

import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.text.TextRules;
import dev.parley.room.message.MessageView;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Objects;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/search/`.
@Path("/chat/search/")
@Tag(name = "Search")
@Authenticated
@RunOnVirtualThread
class SearchResource {

    private static final int MIN_QUERY = 2;
    private static final int MAX_QUERY = 100;

    private final JsonWebToken token;
    private final SearchMessages search;

    SearchResource(JsonWebToken token, SearchMessages search) {
        this.token = token;
        this.search = search;
    }

    @GET
    @Operation(
            operationId = "searchMessages",
            summary = "Messages of the caller's rooms that have all words of a query, the newest first")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A page of messages")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public Page<MessageView> search(
            @QueryParam("q") @Nullable String q,
            @QueryParam("room_id") @Nullable String roomId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        new FieldChecks()
                .required("q", q, text -> TextRules.nameViolation(text, MIN_QUERY, MAX_QUERY))
                .orThrow();
        var room = roomId == null ? null : parse(roomId);
        var number = QueryNumber.limit(limit);
        var place = cursor == null ? null : SearchCursor.parse(cursor);
        return search.find(Caller.of(token).userId(), Objects.requireNonNull(q), room, place, number);
    }

    private static RoomId parse(String roomId) {
        try {
            return RoomId.fromString(roomId);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(FieldProblem.invalid("room_id", "has the wrong form"));
        }
    }
}
