package dev.parley.model.problem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Everything that can be wrong, as a client sees it: the `code` of an HTTP problem or an `error` frame.
/// The list only grows; clients ignore codes they do not know.
public enum ProblemCode {
    MALFORMED(400, "The request is not well-formed"),
    VALIDATION_FAILED(400, "The request has invalid members"),
    UNAUTHENTICATED(401, "Authentication is required"),
    INVALID_CREDENTIALS(401, "The credentials are wrong"),
    TOKEN_REUSED(401, "The refresh token was used before"),
    FORBIDDEN(403, "The caller may not do this"),
    REGISTRATION_CLOSED(403, "Registration is closed"),
    NOT_FOUND(404, "There is no such resource"),
    ROOM_NOT_FOUND(404, "There is no such room"),
    USER_NOT_FOUND(404, "There is no such user"),
    PARTICIPANT_NOT_FOUND(404, "There is no such participant"),
    MESSAGE_NOT_FOUND(404, "There is no such message"),
    METHOD_NOT_ALLOWED(405, "The resource does not have this method"),
    USERNAME_TAKEN(409, "The username is taken"),
    EMAIL_TAKEN(409, "The e-mail address is taken"),
    IDEMPOTENCY_CONFLICT(409, "The client's id was used for something else"),
    PRIVATE_ROOM_FIXED(409, "A private room cannot be changed"),
    TOO_MANY_REACTIONS(409, "The message has too many kinds of reaction"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not supported"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "Something went wrong"),
    UNAVAILABLE(503, "The service is not available at the moment");

    private final int status;
    private final String title;
    private final String text = name().toLowerCase(Locale.ROOT);

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /// The HTTP status code.
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// The `type` of the HTTP problem: a path on the public origin that explains the code.
    public String type() {
        return "/docs/problems/" + text;
    }

    /// Whether the same request may succeed later without a change of the client's.
    public boolean retryable() {
        return this == RATE_LIMITED || this == UNAVAILABLE || this == INTERNAL;
    }

    /// @throws IllegalArgumentException if there is no such code
    @JsonCreator
    public static ProblemCode fromString(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// The code on the wire, as `room_not_found`.
    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
