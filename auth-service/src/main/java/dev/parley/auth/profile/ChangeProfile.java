package dev.parley.auth.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.account.User;
import dev.parley.auth.event.Outbox;
import dev.parley.kit.problem.FieldChecks;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Changes what others see of an account, and tells them.
@ApplicationScoped
class ChangeProfile {

    private static final String DISPLAY_NAME = "display_name";

    private final Accounts accounts;
    private final Outbox outbox;

    ChangeProfile(Accounts accounts, Outbox outbox) {
        this.accounts = accounts;
        this.outbox = outbox;
    }

    /// What the body looks like; it is read as a tree, because an absent member and a null one differ.
    @Schema(name = "ProfileChange")
    record Shape(
            @Schema(name = DISPLAY_NAME, description = "1 to 64 characters; absent: unchanged")
            String displayName) {}

    /// @param displayName valid; empty when it stays
    @Transactional
    User of(UserId user, Optional<String> displayName) {
        var account = accounts.findLocked(user)
                .filter(found -> !found.isErased())
                .orElseThrow(() -> ProblemException.of(ProblemCode.UNAUTHENTICATED));
        if (displayName.isPresent() && account.rename(displayName.get())) {
            outbox.userChanged(user);
        }
        return User.of(account);
    }

    /// @return empty when it is absent
    /// @throws ProblemException `validation_failed`
    static Optional<String> displayName(ObjectNode change) {
        var node = change.get(DISPLAY_NAME);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw ProblemException.invalid(FieldProblem.invalid(DISPLAY_NAME, "must be a text"));
        }
        new FieldChecks()
                .required(DISPLAY_NAME, node.textValue(), Account::displayNameViolation)
                .orThrow();
        return Optional.of(node.textValue());
    }
}
