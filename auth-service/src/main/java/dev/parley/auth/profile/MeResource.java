package dev.parley.auth.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.auth.account.User;
import dev.parley.auth.session.CurrentSession;
import dev.parley.auth.session.LiveSession;
import dev.parley.auth.throttle.Throttle;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/auth/me/`, `/auth/change-password/` and `/auth/erase-account/`.
@Path("/auth")
@Tag(name = "Profile")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@LiveSession
@RunOnVirtualThread
class MeResource {

    private final CurrentSession current;
    private final ChangeProfile changeProfile;
    private final ChangePassword changePassword;
    private final EraseAccount eraseAccount;
    private final Throttle throttle;

    MeResource(
            CurrentSession current,
            ChangeProfile changeProfile,
            ChangePassword changePassword,
            EraseAccount eraseAccount,
            Throttle throttle) {
        this.current = current;
        this.changeProfile = changeProfile;
        this.changePassword = changePassword;
        this.eraseAccount = eraseAccount;
        this.throttle = throttle;
    }

    @GET
    @Path("/me/")
    @Operation(operationId = "getMe", summary = "One's own profile")
    @APIResponse(responseCode = "200", description = "The profile")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    public User get() {
        return User.of(current.account());
    }

    @PATCH
    @Path("/me/")
    @Operation(operationId = "updateMe", summary = "Change one's own profile; what is absent stays")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ChangeProfile.Shape.class)))
    @APIResponse(responseCode = "200", description = "The profile as it is now")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public User update(@Nullable ObjectNode body) {
        var displayName = ChangeProfile.displayName(present(body));
        var user = current.caller().userId();
        if (displayName.isPresent()) {
            throttle.profile(user.toString());
        }
        return changeProfile.of(user, displayName);
    }

    @POST
    @Path("/change-password/")
    @Operation(operationId = "changePassword", summary = "Replace one's own password; other sessions end")
    @APIResponse(responseCode = "204", description = "The new password is in force")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`; also a wrong current password")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public void changePassword(ChangePassword.@Nullable Passwords body) {
        changePassword.of(current.account(), current.caller().sessionId(), present(body));
    }

    @POST
    @Path("/erase-account/")
    @Operation(operationId = "eraseAccount", summary = "Erase one's own account, for good")
    @APIResponse(responseCode = "204", description = "What is left is an id; messages stay under it")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`; also a wrong password")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public void eraseAccount(EraseAccount.@Nullable Confirmation body) {
        eraseAccount.of(current.account(), present(body));
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw ProblemException.of(ProblemCode.MALFORMED);
        }
        return body;
    }
}
