package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.session.Tokens;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Sees to it that there is a socket for as long as one is wanted.
///
/// There are at most two at once: the one in use, and while the server is about to stop its successor, which takes over
/// with its `hello`. A loss leads to the next try after a random wait; what may be done about a close code is decided
/// in [CloseCodes]. *Thread*: the loop, but for [#state].
final class Connection implements TokenKeeper.Owner {

    private static final Logger LOG = System.getLogger(Connection.class.getName());
    private static final Duration LONGEST_MOVE = Duration.ofMinutes(1);
    private static final int UNAUTHORIZED = 401;

    /// What works over the socket in use.
    interface User {

        /// From here on this is the socket, and nothing that was said over another counts.
        void attached(Link link);

        void detached();

        /// On the loop, before any listener.
        void became(ConnectionState state);

        /// A frame that is not the connection's own business.
        void frame(JsonNode frame, int size);
    }

    private final Loop loop;
    private final Timing timing;
    private final InstantSource clock;
    private final Dialer dialer;
    private final TokenKeeper tokenKeeper;
    private final Delivery delivery;
    private final User user;
    private final Inbound inbound;
    private final Backoff backoff;
    private volatile ConnectionState state = new ConnectionState.Offline();
    private boolean wanted;
    private int round;
    private @Nullable Link current;
    private @Nullable Link candidate;
    private @Nullable Future<?> retry;
    private ConnectionState.@Nullable Reconnecting afterLoss;
    private @Nullable String refusedToken;
    private int refusals;
    private long onlineSince;

    Connection(
            Loop loop,
            ClientLimits limits,
            InstantSource clock,
            Dialer dialer,
            Tokens tokens,
            Delivery delivery,
            User user) {
        this.loop = loop;
        this.timing = limits.timing();
        this.clock = clock;
        this.dialer = dialer;
        this.delivery = delivery;
        this.user = user;
        this.backoff = limits.backoff();
        this.tokenKeeper = new TokenKeeper(loop, tokens, clock, limits.random(), this);
        this.inbound = new Inbound(loop, delivery, timing.stallPatience());
    }

    ConnectionState state() {
        return state;
    }

    void connect() {
        if (!wanted) {
            wanted = true;
            refusals = 0;
            refusedToken = null;
            backoff.reset();
            dial();
        }
    }

    /// Does not wait for the next try any longer.
    void hurry() {
        if (wanted && retry != null && current == null) {
            dial();
        }
    }

    void disconnect() {
        if (wanted) {
            stop();
            become(new ConnectionState.Offline());
        }
    }

    /// Listeners have room again.
    void hasRoomAgain() {
        if (current != null) {
            inbound.hasRoomAgain(current);
        }
    }

    private void dial() {
        cancelRetry();
        if (!wanted || candidate != null) {
            return;
        }
        int began = round;
        Wire wire = new Wire(
                (from, text) -> loop.post(() -> message(from, text)), (from, end) -> loop.post(() -> ended(from, end)));
        Link link = new Link(loop, wire, timing.answerPatience(), silent -> silent.abort("heartbeat missed"));
        candidate = link;
        String refused = refusedToken;
        if (current == null) {
            become(new ConnectionState.Connecting());
        }
        loop.aside(() -> {
            Dialer.Outcome outcome = dialer.dial(refused, wire);
            loop.post(() -> dialed(began, link, wire, outcome));
        });
    }

    private void dialed(int began, Link link, Wire wire, Dialer.Outcome outcome) {
        if (outcome instanceof Dialer.Outcome.Opened) {
            if (began != round) {
                link.close();
            } else if (link == candidate) {
                loop.after(timing.connectPatience(), () -> {
                    if (link == candidate) {
                        link.abort("no hello");
                    }
                });
            }
        } else if (link == candidate) {
            candidate = null;
            link.end();
            notOpened(wire, outcome);
        }
    }

    private void notOpened(Wire wire, Dialer.Outcome outcome) {
        switch (outcome) {
            case Dialer.Outcome.Opened opened -> throw new IllegalStateException("it is open");
            case Dialer.Outcome.SessionEnded(String code) -> giveUp(code, "the session has ended");
            case Dialer.Outcome.Unreachable(String cause) -> retry(Duration.ZERO, cause);
            case Dialer.Outcome.Refused(int status, String code, Duration least) -> {
                if (status == UNAUTHORIZED) {
                    unauthenticated(wire.token());
                } else if ((status == 403 || status == 404) && current == null) {
                    giveUp(code, "refused with " + status);
                } else {
                    retry(least, "refused with " + status);
                }
            }
        }
    }

    private void ended(Wire wire, Wire.End end) {
        if (current != null && current.is(wire)) {
            current.end();
            current = null;
            if (System.nanoTime() - onlineSince >= timing.stableAfter().toNanos()) {
                backoff.reset();
                refusals = 0;
            }
            detach();
        } else if (candidate != null && candidate.is(wire)) {
            candidate.end();
            candidate = null;
        } else {
            return;
        }
        LOG.log(Level.DEBUG, "socket ended code={0} reason={1}", end.code(), end.reason());
        if (candidate != null) {
            become(new ConnectionState.Connecting());
        } else if (retry != null && afterLoss != null) {
            become(afterLoss);
        } else {
            goOn(wire, CloseCodes.after(end));
        }
    }

    private void goOn(Wire wire, CloseCodes.Next next) {
        switch (next) {
            case CloseCodes.Next.Again(Duration least, String cause) -> retry(least, cause);
            case CloseCodes.Next.WithNewToken() -> unauthenticated(wire.token());
            case CloseCodes.Next.GiveUp(String code, String detail) -> giveUp(code, detail);
        }
    }

    /// Once more, with a new token; a second refusal in a row is final.
    private void unauthenticated(@Nullable String token) {
        if (++refusals > 1) {
            giveUp("unauthenticated", "a new token was refused as well");
        } else {
            refusedToken = token;
            retry(Duration.ZERO, "the token was refused");
        }
    }

    private void retry(Duration least, String cause) {
        if (!wanted) {
            return;
        }
        cancelRetry();
        Duration wait = backoff.next(least);
        afterLoss = new ConnectionState.Reconnecting(clock.instant().plus(wait), cause);
        retry = loop.after(wait, this::dial);
        if (current == null) {
            become(afterLoss);
        }
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    private void message(Wire wire, String text) {
        Link link = current != null && current.is(wire)
                ? current
                : candidate != null && candidate.is(wire) ? candidate : null;
        if (link != null) {
            link.heard();
            if (Frames.each(text, wire.hasLines(), (frame, size) -> frame(link, frame, size))) {
                inbound.dealtWith(link);
            } else {
                link.abort("not JSON");
            }
        }
    }

    private void frame(Link link, JsonNode frame, int size) {
        String type = frame.path("type").asText();
        if (type.equals("hello")) {
            hello(link, frame);
        } else if (link == current) {
            switch (type) {
                case "ack", "error" -> link.answered(frame);
                case "pong" -> {}
                case "auth.expiring" -> tokenKeeper.expiring();
                case "server.draining" -> move(frame.path("reconnect_after_ms").asLong());
                default -> user.frame(frame, size);
            }
        }
    }

    private void hello(Link link, JsonNode hello) {
        if (link != candidate) {
            return;
        }
        candidate = null;
        Link before = current;
        current = link;
        if (before != null) {
            detach();
            before.close();
        }
        refusedToken = null;
        onlineSince = System.nanoTime();
        link.beat(Duration.ofMillis(hello.path("heartbeat_interval_ms").asLong(30_000)));
        tokenKeeper.attach(link, hello);
        become(new ConnectionState.Online(hello.path("connection_id").asText()));
        user.attached(link);
    }

    /// The successor is opened while this socket still works; should it be closed first, no later for that.
    private void move(long afterMillis) {
        if (retry != null || candidate != null) {
            return;
        }
        Duration wait = Duration.ofMillis(Math.clamp(afterMillis, 0, LONGEST_MOVE.toMillis()));
        backoff.reset();
        afterLoss = new ConnectionState.Reconnecting(clock.instant().plus(wait), "the server restarts");
        retry = loop.after(wait, this::dial);
        become(new ConnectionState.Moving());
    }

    private void giveUp(String code, String detail) {
        stop();
        become(new ConnectionState.Ended(code, detail));
    }

    private void stop() {
        wanted = false;
        round++;
        cancelRetry();
        if (candidate != null) {
            candidate.close();
            candidate = null;
        }
        if (current != null) {
            current.close();
            current = null;
            detach();
        }
    }

    private void detach() {
        tokenKeeper.detach();
        user.detached();
    }

    private void become(ConnectionState next) {
        if (!next.equals(state)) {
            LOG.log(Level.DEBUG, "connection state={0}", next);
            state = next;
            user.became(next);
            delivery.state(next);
        }
    }

    @Override
    public void tokenRefreshed() {
        refusals = 0;
    }

    @Override
    public void sessionEnded(String code) {
        giveUp(code, "the session has ended");
    }
}
