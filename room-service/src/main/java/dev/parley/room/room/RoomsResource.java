package dev.parley.room.room;

import dev.parley.kit.http.RequestBody;
import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/`.
@Path("/chat/rooms/")
@Tag(name = "Rooms")
@Authenticated
@RunOnVirtualThread
class RoomsResource {

    private final JsonWebToken token;
    private final Rooms rooms;
    private final CreateRoom createRoom;
    private final RoomLimits limits;
    private final RoomAdministration administration;

    RoomsResource(
            JsonWebToken token,
            Rooms rooms,
            CreateRoom createRoom,
            RoomLimits limits,
            RoomAdministration administration) {
        this.limits = limits;
        this.token = token;
        this.rooms = rooms;
        this.createRoom = createRoom;
        this.administration = administration;
    }

    @POST
    @Operation(operationId = "createRoom", summary = "Make a room, or get the one the same request made before")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RoomView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It existed: the pair's room, or the one of this client_room_id",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RoomView.class)))
    public Response create(@Nullable CreateRoomRequest request, @Context HttpServerRequest http) {
        var caller = Caller.of(token).userId();
        var wish = RequestBody.present(request).toWish(caller);
        limits.creation(http, caller);
        var created = createRoom.create(caller, wish);
        var room = rooms.one(created.id(), caller);
        return created.isNew()
                ? Response.status(Response.Status.CREATED)
                        .header("Location", "/chat/rooms/" + room.id() + "/")
                        .entity(room)
                        .build()
                : Response.ok(room).build();
    }

    @GET
    @Operation(operationId = "listRooms", summary = "The caller's rooms, the latest activity first")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A page of rooms")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    public Page<RoomView> list(
            @QueryParam("room_type") @Nullable String roomType,
            @QueryParam("peer_id") @Nullable String peerId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        var number = QueryNumber.limit(limit);
        var place = cursor == null ? null : RoomCursor.parse(cursor);
        var filter = RoomFilter.parse(roomType, peerId);
        return rooms.page(Caller.of(token).userId(), filter, place, number);
    }

    @GET
    @Path("{room_id}/")
    @Operation(operationId = "getRoom", summary = "One room")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "The room")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public RoomView get(@PathParam("room_id") RoomId roomId) {
        return rooms.one(roomId, Caller.of(token).userId());
    }

    @PATCH
    @Path("{room_id}/")
    @Operation(operationId = "changeRoom", summary = "Rename a group")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "The room as it is now")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`private_room_fixed`")
    public RoomView change(@PathParam("room_id") RoomId roomId, @Nullable ChangeRoomRequest request) {
        var caller = Caller.of(token).userId();
        RequestBody.present(request).validName().ifPresent(name -> administration.rename(roomId, caller, name));
        return rooms.one(roomId, caller);
    }

    @DELETE
    @Path("{room_id}/")
    @Operation(operationId = "deleteRoom", summary = "Delete a group for everybody")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "204", description = "It is gone for everybody")
    @APIResponse(responseCode = "403", description = "`forbidden`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    @APIResponse(responseCode = "409", description = "`private_room_fixed`")
    public void delete(@PathParam("room_id") RoomId roomId) {
        administration.delete(roomId, Caller.of(token).userId());
    }
}
