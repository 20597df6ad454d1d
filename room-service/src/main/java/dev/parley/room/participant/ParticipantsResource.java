package dev.parley.room.participant;

import dev.parley.kit.http.RequestBody;
import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.room.user.UserDirectory;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/participants/`.
@Path("/chat/rooms/{room_id}/participants/")
@Tag(name = "Participants")
@Authenticated
@RunOnVirtualThread
class ParticipantsResource {

    private final JsonWebToken token;
    private final Standings standings;
    private final Participants participants;
    private final ParticipantChanges changes;
    private final UserDirectory users;

    ParticipantsResource(
            JsonWebToken token,
            Standings standings,
            Participants participants,
            ParticipantChanges changes,
            UserDirectory users) {
        this.token = token;
        this.standings = standings;
        this.participants = participants;
        this.changes = changes;
        this.users = users;
    }

    @GET
    @Operation(operationId = "listParticipants", summary = "Participants of a room, the longest-serving first")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A page of participants")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public Page<ParticipantView> list(
            @PathParam("room_id") RoomId roomId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var number = QueryNumber.limit(limit);
        var place = cursor == null ? null : ParticipantCursor.parse(cursor);
        standings.require(roomId, Caller.of(token).userId());
        return participants.page(roomId, place, number);
    }

    @POST
    @Operation(operationId = "addParticipants", summary = "Add users to a group; who is in it already stays as he is")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "All that were named")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`private_room_fixed`")
    public Named add(@PathParam("room_id") RoomId roomId, ParticipantRequests.@Nullable Add request) {
        var ids = RequestBody.present(request).valid();
        var caller = Caller.of(token).userId();
        standings.require(roomId, caller);
        users.requirePresent("user_ids", ids);
        changes.add(roomId, caller, ids);
        return new Named(participants.named(roomId, ids));
    }

    @PATCH
    @Path("{user_id}/")
    @Operation(operationId = "changeParticipant", summary = "Give a participant another role")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "The participant as he is now")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `participant_not_found`")
    @APIResponse(responseCode = "409", description = "`private_room_fixed`")
    public ParticipantView change(
            @PathParam("room_id") RoomId roomId,
            @PathParam("user_id") UserId userId,
            ParticipantRequests.@Nullable Change request) {
        var role = RequestBody.present(request).role();
        var caller = Caller.of(token).userId();
        standings.require(roomId, caller);
        if (role != null) {
            changes.setRole(roomId, caller, userId, role);
        }
        return participants.named(roomId, List.of(userId)).stream()
                .findFirst()
                .orElseThrow(() -> ProblemException.of(ProblemCode.PARTICIPANT_NOT_FOUND));
    }

    @DELETE
    @Path("{user_id}/")
    @Operation(operationId = "removeParticipant", summary = "Remove a participant, or leave")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "204", description = "He is out")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `participant_not_found`")
    @APIResponse(responseCode = "409", description = "`private_room_fixed`")
    public void remove(@PathParam("room_id") RoomId roomId, @PathParam("user_id") UserId userId) {
        changes.remove(roomId, Caller.of(token).userId(), userId);
    }

    /// @param items all that were named, in their order
    @Schema(name = "ParticipantList")
    record Named(List<ParticipantView> items) {}
}
