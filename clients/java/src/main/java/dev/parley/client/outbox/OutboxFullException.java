package dev.parley.client.outbox;

/// As many messages wait as may; none was taken.
public final class OutboxFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    OutboxFullException(int capacity) {
        super(capacity + " messages wait to be sent; no more are taken");
    }
}
