package dev.parley.client.outbox;

import java.util.concurrent.CompletableFuture;

/// A message that was given to [Outbox#add], and what becomes of it.
///
/// Show it at once (it has all that a message needs but a `seq`), and replace it by the event, or the receipt, of the
/// same `clientMessageId`. *Thread*: any may look.
public final class Sending {

    private final Outgoing message;
    private final CompletableFuture<Receipt> stored = new CompletableFuture<>();
    private volatile SendState state = SendState.QUEUED;

    Sending(Outgoing message) {
        this.message = message;
    }

    public Outgoing message() {
        return message;
    }

    public SendState state() {
        return state;
    }

    /// Completes when the message is committed; fails with [RefusedException] when it is refused. It stays open when
    /// the client is closed before: the message is in the store then, and the next client sends it.
    ///
    /// What depends on it runs on a virtual thread of its own.
    public CompletableFuture<Receipt> whenStored() {
        return stored.copy();
    }

    boolean isOpen() {
        return state == SendState.QUEUED || state == SendState.SENT;
    }

    void become(SendState next) {
        state = next;
    }

    void settle(Receipt receipt) {
        stored.completeAsync(() -> receipt, Thread::startVirtualThread);
    }

    void settle(RefusedException refusal) {
        Thread.startVirtualThread(() -> stored.completeExceptionally(refusal));
    }

    @Override
    public String toString() {
        return "Sending[" + message.clientMessageId() + ", " + state + "]";
    }
}
