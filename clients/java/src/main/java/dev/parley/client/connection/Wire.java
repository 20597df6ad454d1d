package dev.parley.client.connection;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One WebSocket: whole messages in, no more than were asked for and a few; messages out, in order.
///
/// *Thread*: any may send. Messages and the end come on threads of the HTTP client, the end once and last.
final class Wire implements WebSocket.Listener {

    /// How a socket ended.
    ///
    /// @param code the close code; 1006 when the connection broke, as RFC 6455 section 7.1.5 has it
    record End(int code, String reason) {}

    private static final int ABNORMAL = 1006;
    private static final int MAX_MESSAGE = 1 << 20;
    /// How many messages may come before the first is dealt with. More than one, as JDK 25 loses the end of
    /// a connection that ends while nothing is asked for (`TransportImpl.acknowledgeReception` throws): then
    /// only a missing pong tells.
    private static final int AHEAD = 4;

    private static final int MAX_UNSENT = 1_000;
    private static final Duration CLOSING_TIME = Duration.ofSeconds(2);

    private final BiConsumer<Wire, String> onMessage;
    private final BiConsumer<Wire, End> onEnd;
    private final StringBuilder partial = new StringBuilder();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> unsent = new ArrayDeque<>();
    private boolean sending;
    private volatile boolean closing;
    private volatile @Nullable WebSocket socket;
    private volatile @Nullable String token;

    /// @param onMessage is handed each message, and calls [#next] for those that it has dealt with
    Wire(BiConsumer<Wire, String> onMessage, BiConsumer<Wire, End> onEnd) {
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    /// The access token by which it lives: whose ticket opened it, or that was shown later.
    void token(String value) {
        token = value;
    }

    @Nullable
    String token() {
        return token;
    }

    /// Whether a message may hold several objects, one a line.
    boolean hasLines() {
        return opened().map(open -> "chat.v1.ndjson".equals(open.getSubprotocol()))
                .orElse(false);
    }

    /// Asks for that many more messages.
    void next(int messages) {
        opened().ifPresent(open -> open.request(messages));
    }

    /// Sends a message behind those sent before. One that cannot be sent ends the socket.
    void send(String message) {
        boolean tooMany;
        lock.lock();
        try {
            unsent.addLast(message);
            tooMany = unsent.size() > MAX_UNSENT;
        } finally {
            lock.unlock();
        }
        if (tooMany) {
            abort("the network takes nothing");
        } else {
            sendFirst();
        }
    }

    /// The JDK's socket takes one message at a time.
    private void sendFirst() {
        WebSocket open = socket;
        String message;
        lock.lock();
        try {
            if (open == null || sending || unsent.isEmpty()) {
                return;
            }
            sending = true;
            message = unsent.removeFirst();
        } finally {
            lock.unlock();
        }
        open.sendText(message, true).whenComplete((sent, failure) -> {
            lock.lock();
            try {
                sending = false;
            } finally {
                lock.unlock();
            }
            if (failure == null) {
                sendFirst();
            } else {
                abort("sending failed");
            }
        });
    }

    /// Closes in good order; a server that does not answer is not waited for beyond two seconds.
    void close() {
        closing = true;
        opened().ifPresent(open -> {
            open.request(Long.MAX_VALUE);
            open.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((sent, failure) -> {
                if (failure != null) {
                    abort("closing failed");
                }
            });
        });
        CompletableFuture.delayedExecutor(CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> abort("closed"));
    }

    /// Ends the connection as it is.
    void abort(String reason) {
        opened().ifPresent(WebSocket::abort);
        end(new End(ABNORMAL, reason));
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (ended.get()) {
            opened.abort();
        } else {
            opened.request(AHEAD);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (closing) {
            return null;
        }
        if (partial.length() + data.length() > MAX_MESSAGE) {
            abort("a message is too long");
            return null;
        }
        partial.append(data);
        if (last) {
            String message = partial.toString();
            partial.setLength(0);
            onMessage.accept(this, message);
        } else {
            from.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        abort("a binary message");
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(new End(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(new End(ABNORMAL, "the connection broke"));
    }

    private void end(End how) {
        if (ended.compareAndSet(false, true)) {
            onEnd.accept(this, how);
        }
    }

    private Optional<WebSocket> opened() {
        return Optional.ofNullable(socket);
    }
}
