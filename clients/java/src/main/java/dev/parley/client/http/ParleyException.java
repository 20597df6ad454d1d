package dev.parley.client.http;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a call did not succeed.
public abstract sealed class ParleyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ParleyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// The server answered with a problem (RFC 9457).
    public static final class Problem extends ParleyException {

        private static final long serialVersionUID = 1;

        private final int status;
        private final String code;
        private final @Nullable Duration retryAfter;

        /// @param code `unknown` when the answer has none, as that of a proxy
        public Problem(int status, String code, String detail, @Nullable Duration retryAfter) {
            super(status + " " + code + (detail.isEmpty() ? "" : ": " + detail), null);
            this.status = status;
            this.code = code;
            this.retryAfter = retryAfter;
        }

        /// The HTTP status.
        public int status() {
            return status;
        }

        /// What it is, as `room_not_found`; later servers know more of them.
        public String code() {
            return code;
        }

        /// When it may be tried again, if the server said so.
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /// Nobody answered, or not in time. A call that changes something may have been carried out.
    public static final class Unreachable extends ParleyException {

        private static final long serialVersionUID = 1;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /// There is no session, or it has ended: log in again.
    public static final class SessionEnded extends ParleyException {

        private static final long serialVersionUID = 1;

        private final String code;

        /// @param code `unauthenticated`, `token_reused`, or `no_session` when there never was one
        public SessionEnded(String code) {
            super("the session has ended: " + code, null);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
