package dev.parley.room.read;

import dev.parley.kit.token.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// `/chat/unread/`.
@Path("/chat/unread/")
@Tag(name = "Reading")
@Authenticated
@RunOnVirtualThread
class UnreadResource {

    private final JsonWebToken token;
    private final UnreadTotals totals;

    UnreadResource(JsonWebToken token, UnreadTotals totals) {
        this.token = token;
        this.totals = totals;
    }

    @GET
    @Operation(operationId = "getUnread", summary = "How much the caller has not read, over all rooms")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "Both numbers")
    public UnreadTotals.Unread get() {
        return totals.of(Caller.of(token).userId());
    }
}
