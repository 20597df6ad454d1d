package dev.parley.client.outbox;

/// The server refused a message for good.
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    public RefusedException(String code, String detail) {
        super(code + (detail.isEmpty() ? "" : ": " + detail));
        this.code = code;
    }

    /// Why, as `room_not_found`, `forbidden`, `validation_failed` or `idempotency_conflict`.
    public String code() {
        return code;
    }
}
