package dev.parley.gateway.roomservice;

import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.internal.CommandsResult;
import dev.parley.model.internal.EventPage;
import dev.parley.model.internal.Heads;
import dev.parley.model.internal.HeadsQuery;
import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Participants;
import dev.parley.model.internal.ReadCommand;
import dev.parley.model.internal.ReadCursor;
import dev.parley.model.internal.Standing;
import dev.parley.model.internal.Standings;
import dev.parley.model.internal.StandingsQuery;
import dev.parley.model.stream.IngestEntry;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/// The room service, on the port that only services reach. An answer other than 2xx fails the `Uni` with a
/// `WebApplicationException`; what cannot be reached within the client's time-outs fails it with another exception.
@Path("/")
@RegisterRestClient(configKey = "room-service")
@ClientHeaderParam(name = "Authorization", value = "{authorization}")
public interface RoomServiceClient {

    /// Participation and head of a room, from one statement; 404 when the user is no participant.
    @GET
    @Path(InternalPaths.STANDING)
    Uni<Standing> standing(@QueryParam("room_id") RoomId room, @QueryParam("user_id") UserId user);

    /// How one user stands in many rooms; those he is no participant of are left out.
    @POST
    @Path(InternalPaths.STANDINGS)
    Uni<Standings> standings(StandingsQuery query);

    /// Who is in a room; all of them when there are no more than `limit`.
    @GET
    @Path(InternalPaths.PARTICIPANTS)
    Uni<Participants> participants(@QueryParam("room_id") RoomId room, @QueryParam("limit") int limit);

    /// Moves a read cursor; 404 when the user is no participant.
    @POST
    @Path(InternalPaths.READ)
    Uni<ReadCursor> read(ReadCommand command);

    /// The log after `afterSeq` (exclusive), at most `limit` events and 1 MiB.
    @GET
    @Path(InternalPaths.EVENTS)
    Uni<EventPage> events(
            @QueryParam("room_id") RoomId room, @QueryParam("after_seq") long afterSeq, @QueryParam("limit") int limit);

    /// Which rooms changed since a watermark; null asks for a first watermark.
    @GET
    @Path(InternalPaths.HEADS)
    Uni<Heads> heads(@QueryParam("since") @Nullable String since);

    /// The heads of certain rooms, changed or not; those that never were are left out.
    @POST
    @Path(InternalPaths.HEADS)
    Uni<Heads> headsOf(HeadsQuery query);

    /// Writes the commands of an entry that its stream lost; a repeat is recognised.
    @POST
    @Path(InternalPaths.COMMANDS)
    Uni<CommandsResult> commands(IngestEntry entry);

    /// HTTP Basic: the caller's name and its secret.
    default String authorization() {
        var secret = ConfigProvider.getConfig().getValue("parley.gateway.room-service.secret", String.class);
        return "Basic " + Base64.getEncoder().encodeToString(("gateway:" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
