package dev.parley.auth.login;

import static java.util.Objects.requireNonNull;

import dev.parley.auth.session.TokenTransport;
import dev.parley.auth.session.Tokens;
import dev.parley.auth.throttle.Throttle;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/auth/register/` and `/auth/login/`.
@Path("/auth")
@Tag(name = "Login")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class LoginResource {

    private final Register register;
    private final LogIn logIn;
    private final Throttle throttle;
    private final TokenTransport transport;

    LoginResource(Register register, LogIn logIn, Throttle throttle, TokenTransport transport) {
        this.register = register;
        this.logIn = logIn;
        this.throttle = throttle;
        this.transport = transport;
    }

    @POST
    @Path("/register/")
    @Operation(operationId = "register", summary = "Make an account and log it in")
    @APIResponse(
            responseCode = "201",
            description = "The account exists and is logged in",
            content = @Content(schema = @Schema(implementation = Tokens.class)),
            headers =
                    @Header(
                            name = "Set-Cookie",
                            description = TokenTransport.HEADER_DESCRIPTION,
                            schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "403", description = "`registration_closed`")
    @APIResponse(responseCode = "409", description = "`username_taken`; `email_taken` when another has verified it")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Response register(@Nullable RegistrationRequest body, @Context HttpServerRequest request) {
        throttle.register(request);
        var registration = present(body);
        var tokens = register.with(registration);
        var answer = Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/auth/users/" + tokens.user().id() + "/");
        return transport.add(answer, tokens, registration.tokenTransport()).build();
    }

    @POST
    @Path("/login/")
    @Operation(operationId = "login", summary = "Start a session with a username and a password")
    @APIResponse(
            responseCode = "200",
            description = "The session has started",
            content = @Content(schema = @Schema(implementation = Tokens.class)),
            headers =
                    @Header(
                            name = "Set-Cookie",
                            description = TokenTransport.HEADER_DESCRIPTION,
                            schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "401", description = "`invalid_credentials`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Response login(@Nullable LoginRequest body, @Context HttpServerRequest request) {
        var login = present(body);
        login.check();
        throttle.login(request, requireNonNull(login.username()));
        return transport
                .add(Response.ok(), logIn.with(login), login.tokenTransport())
                .build();
    }

    /// JSON's `null` is a body, but nothing to work with.
    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw ProblemException.of(ProblemCode.MALFORMED);
        }
        return body;
    }
}
