package dev.parley.auth.profile;

import dev.parley.auth.account.User;
import dev.parley.auth.session.CurrentSession;
import dev.parley.auth.session.LiveSession;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// `/auth/me/`.
@Path("/auth/me/")
@Tag(name = "Profile")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@LiveSession
@RunOnVirtualThread
class MeResource {

    private final CurrentSession current;

    MeResource(CurrentSession current) {
        this.current = current;
    }

    @GET
    @Operation(operationId = "getMe", summary = "One's own profile")
    @APIResponse(responseCode = "200", description = "The profile")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    public User get() {
        return User.of(current.account());
    }
}
