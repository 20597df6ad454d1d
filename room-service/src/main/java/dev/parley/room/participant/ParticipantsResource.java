package dev.parley.room.participant;

import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.room.paging.Page;
import dev.parley.room.paging.QueryNumber;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/participants/`.
@Path("/chat/rooms/{room_id}/participants/")
@Authenticated
@RunOnVirtualThread
class ParticipantsResource {

    private final JsonWebToken token;
    private final Standings standings;
    private final Participants participants;

    ParticipantsResource(JsonWebToken token, Standings standings, Participants participants) {
        this.token = token;
        this.standings = standings;
        this.participants = participants;
    }

    @GET
    @Operation(operationId = "listParticipants", summary = "Participants of a room, the longest-serving first")
    public Page<ParticipantView> list(
            @PathParam("room_id") RoomId roomId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var number = QueryNumber.limit(limit);
        var place = cursor == null ? null : ParticipantCursor.parse(cursor);
        standings.require(roomId, Caller.of(token).userId());
        return participants.page(roomId, place, number);
    }
}
