package dev.parley.local.system;

/// The system cannot start, for a reason that whoever starts it can do something about; the message says what.
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
