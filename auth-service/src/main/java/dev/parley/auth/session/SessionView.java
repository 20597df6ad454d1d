package dev.parley.auth.session;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.auth.account.User;
import dev.parley.model.id.SessionId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A session as its owner sees it.
/// @param lastUsedAt when it was last refreshed
/// @param expiresAt when it is over if it is not refreshed before
/// @param current whether it is the one that asks
@JsonPropertyOrder({"id", "device_name", "created_at", "last_used_at", "expires_at", "current"})
@Schema(name = "Session")
record SessionView(
        SessionId id,
        @Nullable String deviceName,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        boolean current) {

    static SessionView of(Session session, SessionId current) {
        return new SessionView(
                session.id(),
                session.deviceName().orElse(null),
                session.createdAt(),
                session.lastUsedAt(),
                session.expiresAt(),
                session.id().equals(current));
    }

    /// The answer of `GET /auth/session/`.
    @JsonPropertyOrder({"user", "session"})
    @Schema(name = "CurrentSession")
    record WithUser(User user, SessionView session) {}
}
