package dev.parley.room.reaction;

import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.room.participant.Standings;
import dev.parley.room.user.UserDirectory;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/messages/{id}/reactions/{emoji}/`.
@Path("/chat/rooms/{room_id}/messages/{message_id}/reactions/{emoji}/")
@Tag(name = "Reactions")
@Authenticated
@RunOnVirtualThread
class ReactionsResource {

    /// One who reacted.
    record Reactor(UserRef user, Instant reactedAt) {}

    private final JsonWebToken token;
    private final Standings standings;
    private final ReactionChanges changes;
    private final Reactions reactions;
    private final UserDirectory users;

    ReactionsResource(
            JsonWebToken token,
            Standings standings,
            ReactionChanges changes,
            Reactions reactions,
            UserDirectory users) {
        this.token = token;
        this.standings = standings;
        this.changes = changes;
        this.reactions = reactions;
        this.users = users;
    }

    @PUT
    @Operation(operationId = "addReaction", summary = "React to a message")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "204", description = "It is there")
    @APIResponse(responseCode = "400", description = "`validation_failed` on `emoji`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    @APIResponse(responseCode = "409", description = "`too_many_reactions`")
    public void add(
            @PathParam("room_id") RoomId roomId,
            @PathParam("message_id") MessageId messageId,
            @PathParam("emoji") String emoji) {
        changes.add(roomId, Caller.of(token).userId(), messageId, parse(emoji));
    }

    @DELETE
    @Operation(operationId = "removeReaction", summary = "Take a reaction back")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "204", description = "It is not there")
    @APIResponse(responseCode = "400", description = "`validation_failed` on `emoji`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    public void remove(
            @PathParam("room_id") RoomId roomId,
            @PathParam("message_id") MessageId messageId,
            @PathParam("emoji") String emoji) {
        changes.remove(roomId, Caller.of(token).userId(), messageId, parse(emoji));
    }

    @GET
    @Operation(operationId = "listReactors", summary = "Who reacted with an emoji, the first one first")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A page of users")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    public Page<Reactor> list(
            @PathParam("room_id") RoomId roomId,
            @PathParam("message_id") MessageId messageId,
            @PathParam("emoji") String emoji,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var kind = parse(emoji);
        var number = QueryNumber.limit(limit);
        var place = cursor == null ? null : Reactions.Reaction.parse(cursor);
        standings.require(roomId, Caller.of(token).userId());
        var rows = reactions.page(roomId, messageId, kind, place, number + 1);
        return Page.of(rows, number, row -> row, this::reactors);
    }

    private List<Reactor> reactors(List<Reactions.Reaction> rows) {
        var refs = users.refs(rows.stream().map(row -> new UserId(row.userId())).toList());
        return rows.stream()
                .map(row -> {
                    var id = new UserId(row.userId());
                    return new Reactor(refs.getOrDefault(id, UserRef.erased(id)), row.at());
                })
                .toList();
    }

    private static Emoji parse(String emoji) {
        return Emoji.parse(emoji)
                .orElseThrow(
                        () -> ProblemException.invalid(FieldProblem.invalid("emoji", "must be exactly one emoji")));
    }
}
