package dev.parley.gateway.socket;

import io.quarkus.websockets.next.CloseReason;

/// Why the server ends a connection. 1xxx: RFC 6455 §7.4.1; 44xx: do not reconnect without a new cause;
/// 45xx: reconnect and resume. What a client's frames do wrong ends it below (`framing`).
public enum CloseCode {
    INTERNAL_ERROR(1011, "internal error"),
    SERVICE_RESTART(1012, "service restart"),
    MALFORMED_TOO_OFTEN(4400, "malformed too often"),
    UNAUTHENTICATED(4401, "unauthenticated"),
    NOT_A_PARTICIPANT(4403, "not a participant"),
    ROOM_DELETED(4404, "room deleted"),
    SLOW_CONSUMER(4508, "slow consumer"),
    HEARTBEAT_MISSED(4509, "heartbeat missed"),
    INTERNAL_GAP(4511, "internal gap"),
    RATE_LIMITED_TOO_OFTEN(4529, "rate limited too often");

    private final int code;
    private final String text;

    CloseCode(int code, String text) {
        this.code = code;
        this.text = text;
    }

    CloseReason reason() {
        return new CloseReason(code, text);
    }
}
