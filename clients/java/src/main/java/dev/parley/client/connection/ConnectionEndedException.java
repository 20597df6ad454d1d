package dev.parley.client.connection;

/// The connection was given up; see [ConnectionState.Ended].
public final class ConnectionEndedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    ConnectionEndedException(String code, String detail) {
        super(code + ": " + detail);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
