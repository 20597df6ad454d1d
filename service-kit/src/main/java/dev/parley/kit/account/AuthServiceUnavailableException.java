package dev.parley.kit.account;

/// The auth service could not be reached, took too long, or did not answer as agreed.
public final class AuthServiceUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AuthServiceUnavailableException(String message) {
        super(message);
    }

    AuthServiceUnavailableException(Throwable cause) {
        super("the auth service does not answer: " + cause, cause);
    }
}
