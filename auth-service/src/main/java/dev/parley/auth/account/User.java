package dev.parley.auth.account;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account as its owner sees it: a `UserRef` and what is nobody else's business.
/// @param email null when another account has verified the address
@JsonPropertyOrder({"id", "username", "display_name", "deleted", "email", "email_verified", "created_at"})
public record User(
        UserId id,
        @Nullable String username,
        @Nullable String displayName,
        boolean deleted,
        @Nullable String email,
        boolean emailVerified,
        Instant createdAt) {

    public static User of(Account account) {
        var ref = account.toRef();
        return new User(
                ref.id(),
                ref.username(),
                ref.displayName(),
                ref.deleted(),
                account.email().map(EmailAddress::text).orElse(null),
                account.isEmailVerified(),
                account.createdAt());
    }
}
