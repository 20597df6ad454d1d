package dev.parley.room.room;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.parley.kit.paging.QueryNumber;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.RelayEntry;
import dev.parley.room.log.EventLog;
import dev.parley.room.log.LogPage;
import dev.parley.room.participant.Standings;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/events/`: the log, with the very objects that sockets get.
@Path("/chat/rooms/{room_id}/events/")
@Tag(name = "Log")
@Authenticated
@RunOnVirtualThread
class EventsResource {

    private static final int MAX_EVENTS = 500;

    /// @param items the events' bytes as they are relayed, ascending by `seq`
    @JsonPropertyOrder({"items", "last_seq", "log_epoch"})
    @Schema(name = "EventPage")
    record EventsView(
            @Schema(implementation = EventForm[].class) @JsonRawValue
            String items,

            long lastSeq,
            long logEpoch) {

        static EventsView of(LogPage page) {
            var items = page.events().stream().map(RelayEntry::body).collect(Collectors.joining(",", "[", "]"));
            return new EventsView(items, page.lastSeq(), page.logEpoch());
        }
    }

    private final JsonWebToken token;
    private final Standings standings;
    private final EventLog log;

    EventsResource(JsonWebToken token, Standings standings, EventLog log) {
        this.token = token;
        this.standings = standings;
        this.log = log;
    }

    @GET
    @Operation(operationId = "listEvents", summary = "The room's log after a seq, as it is at present")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "A page of the log")
    @APIResponse(responseCode = "400", description = "`validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public EventsView list(
            @PathParam("room_id") RoomId roomId,
            @QueryParam("after_seq") @Nullable String afterSeq,
            @QueryParam("limit") @Nullable String limit) {
        var after = QueryNumber.seq("after_seq", afterSeq).orElse(0L);
        var number = QueryNumber.limit(limit, MAX_EVENTS, MAX_EVENTS);
        standings.require(roomId, Caller.of(token).userId());
        return log.read(roomId, after, number)
                .map(EventsView::of)
                .orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
    }
}
