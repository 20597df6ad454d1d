package dev.parley.client.connection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.ParleyException;
import dev.parley.client.session.AccessToken;
import dev.parley.client.session.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps a link alive beyond its token: says `auth.refresh` in the last minute, or the last quarter of a short life.
///
/// A refresh that cannot be had is tried again until the server closes the link with 4401. *Thread*: the loop.
final class TokenKeeper {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final long LEAST_RETRY_MILLIS = 1_000;
    private static final long RETRY_JITTER_MILLIS = 2_000;
    private static final Duration LEAST_WAIT = Duration.ofMillis(50);

    /// Who has to know.
    interface Owner {

        void tokenRefreshed();

        void sessionEnded(String code);
    }

    private final Loop loop;
    private final Tokens tokens;
    private final InstantSource clock;
    private final Owner owner;
    private final RandomGenerator random;
    private @Nullable Link link;
    private @Nullable Future<?> timer;
    private Duration serverAhead = Duration.ZERO;
    private Instant expiresAt = Instant.MAX;
    private boolean refreshing;

    TokenKeeper(Loop loop, Tokens tokens, InstantSource clock, RandomGenerator random, Owner owner) {
        this.loop = loop;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
        this.owner = owner;
    }

    /// @param hello says when the token ends, and what time it is for the server
    void attach(Link next, JsonNode hello) {
        detach();
        link = next;
        Instant now = clock.instant();
        serverAhead = Duration.between(now, time(hello, "server_time").orElse(now));
        time(hello, "token_expires_at").ifPresent(this::livesUntil);
    }

    void detach() {
        link = null;
        refreshing = false;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /// The server says that the token expires, which it does at once for one of a short life: so no later than at half
    /// of what is left, and no sooner, or each new token would be replaced when it comes.
    void expiring() {
        if (link != null && !refreshing) {
            schedule(Duration.between(clock.instant(), expiresAt).dividedBy(2));
        }
    }

    private void refresh() {
        Link of = link;
        if (of == null || refreshing) {
            return;
        }
        refreshing = true;
        Instant end = expiresAt;
        loop.aside(() -> {
            Runnable then = newToken(of, end);
            loop.post(() -> {
                if (of == link) {
                    then.run();
                }
            });
        });
    }

    private Runnable newToken(Link of, Instant end) {
        try {
            AccessToken token = tokens.accessBeyond(end);
            return () -> of.ask(
                    Map.of("type", "auth.refresh", "token", token.value()), answer -> answered(of, token, answer));
        } catch (ParleyException.SessionEnded ended) {
            return () -> owner.sessionEnded(ended.code());
        } catch (ParleyException.Problem problem) {
            return () -> later(problem.retryAfter().orElse(Duration.ZERO));
        } catch (RuntimeException notNow) {
            return () -> later(Duration.ZERO);
        }
    }

    private void answered(Link of, AccessToken token, Answer answer) {
        if (of != link) {
            return;
        }
        switch (answer) {
            case Answer.Ack(JsonNode ack) -> {
                refreshing = false;
                of.token(token.value());
                time(ack, "token_expires_at").ifPresent(this::livesUntil);
                owner.tokenRefreshed();
            }
            case Answer.Failed failed -> later(failed.retryAfter());
            case Answer.TimedOut timedOut -> later(Duration.ZERO);
        }
    }

    /// Sooner when less time is left, but never at once: who cannot have a token now is not the only one.
    private void later(Duration least) {
        Duration half = Duration.between(clock.instant(), expiresAt).dividedBy(2);
        Duration wait = longer(half.compareTo(RETRY) < 0 ? half : RETRY, least);
        schedule(longer(wait, Duration.ofMillis(LEAST_RETRY_MILLIS + random.nextLong(RETRY_JITTER_MILLIS + 1))));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /// @param end by the server's clock
    private void livesUntil(Instant end) {
        expiresAt = end.minus(serverAhead);
        Duration life = Duration.between(clock.instant(), expiresAt);
        schedule(life.minus(AccessToken.lead(life)));
    }

    private void schedule(Duration wait) {
        if (timer != null) {
            timer.cancel(false);
        }
        Link of = link;
        timer = loop.after(longer(wait, LEAST_WAIT), () -> {
            if (of == link) {
                refreshing = false;
                refresh();
            }
        });
    }

    private static Optional<Instant> time(JsonNode frame, String member) {
        try {
            return Optional.of(Instant.parse(frame.path(member).asText()));
        } catch (DateTimeParseException unexpected) {
            return Optional.empty();
        }
    }
}
