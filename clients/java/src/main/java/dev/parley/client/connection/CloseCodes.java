package dev.parley.client.connection;

import java.time.Duration;

/// What a close code leads to (docs/protocol.md).
final class CloseCodes {

    private static final Duration RATE_LIMITED = Duration.ofSeconds(30);

    /// What is done next.
    sealed interface Next {

        /// Connect again and resume.
        ///
        /// @param least how long to wait at least
        record Again(Duration least, String cause) implements Next {}

        record WithNewToken() implements Next {}

        record GiveUp(String code, String detail) implements Next {}
    }

    private CloseCodes() {}

    static Next after(Wire.End end) {
        return switch (end.code()) {
            case 4400 -> new Next.GiveUp("malformed", "the server did not understand this client");
            case 4401 -> new Next.WithNewToken();
            case 4403, 4404 -> new Next.GiveUp("room_not_found", "closed with " + end.code());
            case 4529 -> new Next.Again(RATE_LIMITED, "rate limited");
            case 4508 -> new Next.Again(Duration.ZERO, "read too slowly");
            case 4509 -> new Next.Again(Duration.ZERO, "heartbeat missed");
            case 4511 -> new Next.Again(Duration.ZERO, "the server has a gap");
            case 1012 -> new Next.Again(Duration.ZERO, "the server restarts");
            default -> new Next.Again(Duration.ZERO, end.code() + " " + end.reason());
        };
    }
}
