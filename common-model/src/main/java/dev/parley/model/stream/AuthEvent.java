package dev.parley.model.stream;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parley.model.event.Timestamps;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// An entry of `auth:events`, whose stream id is `n-0`; the same event stands in the auth service's `/internal/events`.
/// Events refer to accounts and show them as they are when read: an old event of an erased account has no names.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuthEvent.UserChanged.class, name = AuthEvent.UserChanged.TYPE),
    @JsonSubTypes.Type(value = AuthEvent.SessionRevoked.class, name = AuthEvent.SessionRevoked.TYPE)
})
public sealed interface AuthEvent {

    /// 1, 2, 3, … in commit order, without a hole.
    long n();

    /// The event as fields of an entry.
    Map<String, String> toFields();

    /// @throws IllegalArgumentException if a field is missing or misshapen
    static AuthEvent of(Map<String, String> fields) {
        var read = new FieldReader(fields);
        return switch (read.text("type")) {
            case UserChanged.TYPE -> UserChanged.of(read);
            case SessionRevoked.TYPE -> SessionRevoked.of(read);
            case String other -> throw new IllegalArgumentException("field type is misshapen: " + other);
        };
    }

    /// An account was registered, changed or erased.
    /// @param version grows with every change of the account; an older one never replaces a newer one
    @JsonPropertyOrder({"n", "user", "version"})
    record UserChanged(long n, UserRef user, long version) implements AuthEvent {

        public static final String TYPE = "user.changed";

        @Override
        public Map<String, String> toFields() {
            var fields = new LinkedHashMap<String, String>();
            fields.put("type", TYPE);
            fields.put("n", Long.toString(n));
            fields.put("user_id", user.id().toString());
            fields.put("version", Long.toString(version));
            if (user.username() != null && user.displayName() != null) {
                fields.put("username", user.username());
                fields.put("display_name", user.displayName());
            }
            return fields;
        }

        private static UserChanged of(FieldReader read) {
            var id = read.required("user_id", UserId::fromString);
            var user = read.optional("username") == null
                    ? UserRef.erased(id)
                    : UserRef.present(id, read.text("username"), read.text("display_name"));
            return new UserChanged(read.number("n"), user, read.number("version"));
        }
    }

    /// A session has ended before its time: its access tokens are refused from now on.
    /// @param tokensExpireAt when the last of them has expired by itself and the session can be forgotten
    @JsonPropertyOrder({"n", "session_id", "user_id", "tokens_expire_at"})
    record SessionRevoked(long n, SessionId sessionId, UserId userId, Instant tokensExpireAt) implements AuthEvent {

        public static final String TYPE = "session.revoked";

        @Override
        public Map<String, String> toFields() {
            var fields = new LinkedHashMap<String, String>();
            fields.put("type", TYPE);
            fields.put("n", Long.toString(n));
            fields.put("session_id", sessionId.toString());
            fields.put("user_id", userId.toString());
            fields.put("tokens_expire_at", Timestamps.format(tokensExpireAt));
            return fields;
        }

        private static SessionRevoked of(FieldReader read) {
            return new SessionRevoked(
                    read.number("n"),
                    read.required("session_id", SessionId::fromString),
                    read.required("user_id", UserId::fromString),
                    read.required("tokens_expire_at", Timestamps::parse));
        }
    }
}
