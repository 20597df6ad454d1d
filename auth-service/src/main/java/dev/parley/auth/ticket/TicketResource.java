package dev.parley.auth.ticket;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.auth.session.CurrentSession;
import dev.parley.auth.session.LiveSession;
import dev.parley.auth.throttle.Throttle;
import dev.parley.model.token.SocketTicket;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// `/auth/ws-ticket/`.
@Path("/auth/ws-ticket/")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@LiveSession
@RunOnVirtualThread
class TicketResource {

    private static final String SOCKET = "/ws/chat/";

    private final Tickets tickets;
    private final CurrentSession current;
    private final Throttle throttle;

    TicketResource(Tickets tickets, CurrentSession current, Throttle throttle) {
        this.tickets = tickets;
        this.current = current;
        this.throttle = throttle;
    }

    /// @param expiresIn in seconds
    @JsonPropertyOrder({"ticket", "expires_in"})
    record Ticket(String ticket, long expiresIn) {

        @Override
        public String toString() {
            return "Ticket[…]";
        }
    }

    @POST
    @Operation(operationId = "createTicket", summary = "A ticket for the socket's URL: it works once, for 30 seconds")
    @APIResponse(
            responseCode = "201",
            description = "The ticket",
            content = @Content(schema = @Schema(implementation = Ticket.class)),
            headers =
                    @Header(
                            name = "Location",
                            description = "Where it is used",
                            schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Response create() {
        var caller = current.caller();
        throttle.ticket(caller.userId().toString());
        var ticket = new Ticket(tickets.issue(caller), SocketTicket.LIFETIME.toSeconds());
        // The ticket itself would stand in the logs of proxies.
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, SOCKET)
                .entity(ticket)
                .build();
    }
}
