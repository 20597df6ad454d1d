package dev.parley.room.user;

import dev.parley.model.internal.InternalPaths;
import dev.parley.model.internal.Users;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/// The auth service's `/internal` endpoints that this service uses.
@RegisterRestClient(configKey = "auth-service")
@Path(InternalPaths.USERS)
public interface AuthServiceApi {

    /// @param ids comma-separated
    @GET
    Users users(@HeaderParam("Authorization") String authorization, @QueryParam("ids") String ids);
}
