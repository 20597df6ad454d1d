package dev.parley.room.message;

import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.room.participant.ParticipantView;
import dev.parley.room.participant.Participants;
import dev.parley.room.participant.ReaderCursor;
import dev.parley.room.participant.Standings;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/messages/{id}/readers/`.
@Path("/chat/rooms/{room_id}/messages/{message_id}/readers/")
@Tag(name = "Reading")
@Authenticated
@RunOnVirtualThread
class ReadersResource {

    private final JsonWebToken token;
    private final Standings standings;
    private final History history;
    private final Participants participants;

    ReadersResource(JsonWebToken token, Standings standings, History history, Participants participants) {
        this.token = token;
        this.standings = standings;
        this.history = history;
        this.participants = participants;
    }

    @GET
    @Operation(operationId = "listReaders", summary = "Participants but the sender who have read a message")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A page of readers")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    public Page<ParticipantView> list(
            @PathParam("room_id") RoomId roomId,
            @PathParam("message_id") MessageId messageId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var number = QueryNumber.limit(limit);
        var place = cursor == null ? null : ReaderCursor.parse(cursor);
        var message = history.one(standings.require(roomId, Caller.of(token).userId()), messageId);
        return participants.readers(roomId, message.seq(), message.sender().id(), place, number);
    }
}
