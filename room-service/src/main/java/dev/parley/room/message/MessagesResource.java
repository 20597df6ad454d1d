package dev.parley.room.message;

import dev.parley.kit.http.RequestBody;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.room.participant.Standings;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/messages/`.
@Path("/chat/rooms/{room_id}/messages/")
@Tag(name = "Messages")
@Authenticated
@RunOnVirtualThread
class MessagesResource {

    private final JsonWebToken token;
    private final Standings standings;
    private final History history;
    private final SendMessage sendMessage;
    private final MessageChanges changes;

    MessagesResource(
            JsonWebToken token, Standings standings, History history, SendMessage sendMessage, MessageChanges changes) {
        this.token = token;
        this.standings = standings;
        this.history = history;
        this.sendMessage = sendMessage;
        this.changes = changes;
    }

    @GET
    @Operation(operationId = "listMessages", summary = "A stretch of a room's messages, by default the newest")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A stretch of the history")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public HistoryPage list(
            @PathParam("room_id") RoomId roomId,
            @QueryParam("before_seq") @Nullable String beforeSeq,
            @QueryParam("after_seq") @Nullable String afterSeq,
            @QueryParam("around_seq") @Nullable String aroundSeq,
            @QueryParam("limit") @Nullable String limit) {
        var place = HistoryPlace.parse(beforeSeq, afterSeq, aroundSeq);
        var number = QueryNumber.limit(limit);
        return history.page(standings.require(roomId, Caller.of(token).userId()), place, number);
    }

    @GET
    @Path("{message_id}/")
    @Operation(operationId = "getMessage", summary = "One message")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "The message")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    public MessageView get(@PathParam("room_id") RoomId roomId, @PathParam("message_id") MessageId messageId) {
        return history.one(standings.require(roomId, Caller.of(token).userId()), messageId);
    }

    @POST
    @Operation(operationId = "sendMessage", summary = "Send a message")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`idempotency_conflict`")
    @APIResponse(
            responseCode = "201",
            description = "Stored",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It had been stored before, with the same client_message_id",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MessageView.class)))
    public Response send(@PathParam("room_id") RoomId roomId, @Nullable SendRequest request) {
        var sent = sendMessage.send(
                roomId, Caller.of(token).userId(), RequestBody.present(request).toCommand());
        return switch (sent) {
            case SendMessage.Sent.Now(var message) ->
                Response.status(Response.Status.CREATED)
                        .header("Location", "/chat/rooms/" + roomId + "/messages/" + message.id() + "/")
                        .entity(message)
                        .build();
            case SendMessage.Sent.Before(var message) -> Response.ok(message).build();
            case SendMessage.Sent.Refused(var code, var detail) -> throw new ProblemException(code, detail);
            case SendMessage.Sent.NoSuchTarget() ->
                throw ProblemException.invalid(
                        FieldProblem.invalid("reply_to_id", "must be a message of the same room"));
        };
    }

    @PATCH
    @Path("{message_id}/")
    @Operation(operationId = "editMessage", summary = "Replace the content of one's own message")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "The message as it is now")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    public MessageView edit(
            @PathParam("room_id") RoomId roomId,
            @PathParam("message_id") MessageId messageId,
            @Nullable EditRequest request) {
        var content = RequestBody.present(request).validContent();
        var caller = Caller.of(token).userId();
        changes.edit(roomId, caller, messageId, content);
        return history.one(standings.require(roomId, caller), messageId);
    }

    @DELETE
    @Path("{message_id}/")
    @Operation(operationId = "deleteMessage", summary = "Delete a message; a tombstone stays in the history")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "204", description = "A tombstone is left")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`, `message_not_found`")
    public void delete(@PathParam("room_id") RoomId roomId, @PathParam("message_id") MessageId messageId) {
        changes.delete(roomId, Caller.of(token).userId(), messageId);
    }
}
