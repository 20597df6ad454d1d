package dev.parley.kit.redis;

/// Redis answered a command with an error, as `NOGROUP …` or `OOM …`: the first word tells which.
public final class RedisErrorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisErrorException(String message) {
        super(message);
    }

    /// Whether Redis refuses every command at the moment, because it starts, fails over, or cannot persist.
    public boolean refusesEverything() {
        return is("LOADING") || is("READONLY") || is("MISCONF") || is("MASTERDOWN") || is("CLUSTERDOWN");
    }

    /// Whether the error's first word is `kind`.
    public boolean is(String kind) {
        return String.valueOf(getMessage()).startsWith(kind + " ");
    }
}
