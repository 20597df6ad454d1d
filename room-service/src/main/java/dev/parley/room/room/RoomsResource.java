package dev.parley.room.room;

import dev.parley.kit.http.RequestBody;
import dev.parley.kit.paging.Page;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
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
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/`.
@Path("/chat/rooms/")
@Authenticated
@RunOnVirtualThread
class RoomsResource {

    private final JsonWebToken token;
    private final Rooms rooms;
    private final CreateRoom createRoom;
    private final RoomAdministration administration;

    RoomsResource(JsonWebToken token, Rooms rooms, CreateRoom createRoom, RoomAdministration administration) {
        this.token = token;
        this.rooms = rooms;
        this.createRoom = createRoom;
        this.administration = administration;
    }

    @POST
    @Operation(operationId = "createRoom", summary = "Make a room, or get the one the same request made before")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = RoomView.class)))
    @APIResponse(
            responseCode = "200",
            description = "It existed: the pair's room, or the one of this client_room_id",
            content = @Content(schema = @Schema(implementation = RoomView.class)))
    public Response create(@Nullable CreateRoomRequest request) {
        var caller = Caller.of(token).userId();
        var created = createRoom.create(caller, RequestBody.present(request).toWish(caller));
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
    public RoomView get(@PathParam("room_id") RoomId roomId) {
        return rooms.one(roomId, Caller.of(token).userId());
    }

    @PATCH
    @Path("{room_id}/")
    @Operation(operationId = "changeRoom", summary = "Rename a group")
    public RoomView change(@PathParam("room_id") RoomId roomId, @Nullable ChangeRoomRequest request) {
        var caller = Caller.of(token).userId();
        RequestBody.present(request).validName().ifPresent(name -> administration.rename(roomId, caller, name));
        return rooms.one(roomId, caller);
    }

    @DELETE
    @Path("{room_id}/")
    @Operation(operationId = "deleteRoom", summary = "Delete a group for everybody")
    public void delete(@PathParam("room_id") RoomId roomId) {
        administration.delete(roomId, Caller.of(token).userId());
    }
}
