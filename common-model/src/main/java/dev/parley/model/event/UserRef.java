package dev.parley.model.event;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.model.id.UserId;
import org.jspecify.annotations.Nullable;

/// A user as everybody sees them: never an e-mail address.
/// @param username null exactly when `deleted`
/// @param displayName null exactly when `deleted`
@JsonPropertyOrder({"id", "username", "display_name", "deleted"})
public record UserRef(
        UserId id, @Nullable String username, @Nullable String displayName, boolean deleted) {

    public UserRef {
        if (deleted ? username != null || displayName != null : username == null || displayName == null) {
            throw new IllegalArgumentException("a user has names unless deleted");
        }
    }

    public static UserRef present(UserId id, String username, String displayName) {
        return new UserRef(id, username, displayName, false);
    }

    /// An erased account.
    public static UserRef erased(UserId id) {
        return new UserRef(id, null, null, true);
    }
}
