package dev.parley.auth.recovery;

import static java.util.Objects.requireNonNull;

import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.mail.Mails;
import dev.parley.auth.password.Password;
import dev.parley.auth.password.PasswordRules;
import dev.parley.auth.recovery.RecoveryRequests.ChangeEmailRequest;
import dev.parley.auth.recovery.RecoveryRequests.ForgotPassword;
import dev.parley.auth.recovery.RecoveryRequests.ResetPasswordRequest;
import dev.parley.auth.recovery.RecoveryRequests.VerifyEmailRequest;
import dev.parley.auth.session.CurrentSession;
import dev.parley.auth.session.LiveSession;
import dev.parley.auth.throttle.Throttle;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.text.TextRules;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/auth/forgot-password/`, `/auth/reset-password/`, `/auth/verify-email/` and `/auth/change-email/`.
@Path("/auth")
@Tag(name = "Recovery")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class RecoveryResource {

    private static final int MAX_TOKEN = 512;

    private final ResetPassword resetPassword;
    private final VerifyEmail verifyEmail;
    private final ChangeEmail changeEmail;
    private final Mails mails;
    private final PasswordRules passwords;
    private final Throttle throttle;
    private final CurrentSession current;

    RecoveryResource(
            ResetPassword resetPassword,
            VerifyEmail verifyEmail,
            ChangeEmail changeEmail,
            Mails mails,
            PasswordRules passwords,
            Throttle throttle,
            CurrentSession current) {
        this.resetPassword = resetPassword;
        this.verifyEmail = verifyEmail;
        this.changeEmail = changeEmail;
        this.mails = mails;
        this.passwords = passwords;
        this.throttle = throttle;
        this.current = current;
    }

    @POST
    @Path("/forgot-password/")
    @Operation(operationId = "forgotPassword", summary = "Ask for a link to choose a new password, by mail")
    @APIResponse(responseCode = "202", description = "Taken note of, whether or not there is such an account")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Response forgotPassword(@Nullable ForgotPassword body, @Context HttpServerRequest request) {
        var email = present(body).email();
        new FieldChecks().required("email", email, EmailAddress::violation).orThrow();
        var address = new EmailAddress(requireNonNull(email));
        throttle.mail(request, address.text());
        mails.forgotten(address);
        return Response.accepted().build();
    }

    @POST
    @Path("/reset-password/")
    @Operation(operationId = "resetPassword", summary = "Choose a new password with the link; every session ends")
    @APIResponse(responseCode = "204", description = "The new password is in force")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`; also a wrong or used token")
    public void resetPassword(@Nullable ResetPasswordRequest body) {
        var reset = present(body);
        new FieldChecks()
                .required("token", reset.token(), RecoveryResource::tokenViolation)
                .required("new_password", reset.newPassword(), passwords::violation)
                .orThrow();
        resetPassword.with(requireNonNull(reset.token()), new Password(requireNonNull(reset.newPassword())));
    }

    @POST
    @Path("/verify-email/")
    @Operation(operationId = "verifyEmail", summary = "Prove an address with the link that was sent there")
    @APIResponse(responseCode = "204", description = "The address is the account's")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`; also a wrong or used token")
    @APIResponse(responseCode = "409", description = "`email_taken`: another account has proved it meanwhile")
    public void verifyEmail(@Nullable VerifyEmailRequest body) {
        var token = present(body).token();
        new FieldChecks()
                .required("token", token, RecoveryResource::tokenViolation)
                .orThrow();
        verifyEmail.with(requireNonNull(token));
    }

    @POST
    @Path("/change-email/")
    @Authenticated
    @LiveSession
    @Operation(operationId = "changeEmail", summary = "Ask for another address; it takes effect when it is proved")
    @APIResponse(responseCode = "202", description = "A link is on its way to the new address")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`; also a wrong password")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "409", description = "`email_taken`: another account has proved it")
    @APIResponse(responseCode = "429", description = "`rate_limited`")
    public Response changeEmail(@Nullable ChangeEmailRequest body, @Context HttpServerRequest request) {
        var change = present(body);
        new FieldChecks()
                .required("current_password", change.currentPassword(), Password::violation)
                .required("new_email", change.newEmail(), EmailAddress::violation)
                .orThrow();
        var email = new EmailAddress(requireNonNull(change.newEmail()));
        throttle.mail(request, email.text());
        changeEmail.of(current.account(), requireNonNull(change.currentPassword()), email);
        return Response.accepted().build();
    }

    private static Optional<String> tokenViolation(String text) {
        return TextRules.nameViolation(text, 1, MAX_TOKEN);
    }

    private static <T> T present(@Nullable T body) {
        if (body == null) {
            throw ProblemException.of(ProblemCode.MALFORMED);
        }
        return body;
    }
}
