package dev.parley.kit.redis;

/// Redis could not be reached, or the connection ended before the answer: the command may have been carried out.
public final class RedisUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RedisUnavailableException(Throwable cause) {
        super("Redis is not available", cause);
    }
}
