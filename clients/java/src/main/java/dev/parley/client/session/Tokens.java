package dev.parley.client.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.client.http.ParleyException;
import dev.parley.client.http.Rest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The tokens of one session at a time.
///
/// At most one refresh is in flight: whoever needs a new token meanwhile waits for that one's answer, also for its
/// failure. The server answers a spent refresh token with the same successor for 10 s and takes it for stolen later:
/// so a refresh without an answer is repeated at once, within that time, and goes on when those who wait have gone.
///
/// *Thread*: any; calls block for as long as a request takes.
public final class Tokens {

    private static final Logger LOG = System.getLogger(Tokens.class.getName());
    /// Three of them end inside the 10 s.
    private static final Duration TRY = Duration.ofSeconds(3);

    private static final int TRIES = 3;
    private static final Duration LAST_WAIT = TRY.multipliedBy(TRIES).plusSeconds(1);

    private final Rest rest;
    private final SessionStore store;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Session session;
    private @Nullable AccessToken access;
    private @Nullable CompletableFuture<AccessToken> refreshing;
    private boolean closed;

    public Tokens(Rest rest, SessionStore store, InstantSource clock) {
        this.rest = rest;
        this.store = store;
        this.clock = clock;
    }

    /// Begins a session with what `login`, `register` or `refresh` answered.
    ///
    /// @throws IllegalStateException if the answer has no refresh token, as that with cookies
    /// @throws RuntimeException if the store cannot keep it
    public Session begin(JsonNode tokens) {
        lock.lock();
        try {
            Session begun = use(tokens);
            store.save(begun);
            return begun;
        } finally {
            lock.unlock();
        }
    }

    private Session use(JsonNode tokens) {
        lock.lock();
        try {
            Session begun = new Session(
                    UUID.fromString(tokens.at("/user/id").asText()),
                    tokens.at("/user/username").asText(),
                    Optional.ofNullable(tokens.path("refresh_token").textValue())
                            .orElseThrow(() -> new IllegalStateException("the answer has no refresh token")));
            session = begun;
            access = accessToken(tokens);
            return begun;
        } finally {
            lock.unlock();
        }
    }

    /// Goes on with the session that the store has.
    public Optional<Session> resume() {
        lock.lock();
        try {
            session = store.load().orElse(null);
            access = null;
            return Optional.ofNullable(session);
        } finally {
            lock.unlock();
        }
    }

    public Optional<Session> session() {
        lock.lock();
        try {
            return Optional.ofNullable(session);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets the session, here and in the store; the server is not told.
    public void forget() {
        lock.lock();
        try {
            session = null;
            access = null;
            store.clear();
        } finally {
            lock.unlock();
        }
    }

    /// Refreshes nothing any more, and waits up to 10 s for a refresh in flight: its answer belongs in the store, but
    /// not after somebody else has begun to use that.
    public void close() {
        CompletableFuture<AccessToken> last;
        lock.lock();
        try {
            closed = true;
            last = refreshing;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.handle((token, failure) -> token)
                    .completeOnTimeout(null, LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
        lock.lock();
        try {
            session = null;
        } finally {
            lock.unlock();
        }
    }

    /// A token that is good for a while: the one at hand, or a new one.
    ///
    /// @throws ParleyException if there is no session, or no new token can be had now
    public AccessToken access() {
        return accessThat(token -> !token.isOld(clock.instant()));
    }

    /// A token that is good for a while, and another than the one that a service refused.
    ///
    /// @throws ParleyException as [#access()]
    public AccessToken accessOtherThan(String refused) {
        return accessThat(
                token -> !token.isOld(clock.instant()) && !token.value().equals(refused));
    }

    /// A token that is good for longer than until `end`: what a socket needs that is to live on.
    ///
    /// @throws ParleyException as [#access()]
    public AccessToken accessBeyond(Instant end) {
        return accessThat(
                token -> !token.isOld(clock.instant()) && token.expiresAt().isAfter(end.plus(Duration.ofMillis(500))));
    }

    private AccessToken accessThat(Predicate<AccessToken> isGood) {
        CompletableFuture<AccessToken> mine = null;
        CompletableFuture<AccessToken> answer;
        String refreshToken;
        lock.lock();
        try {
            if (closed) {
                throw new ParleyException.Unreachable("the client is closed", null);
            }
            if (session == null) {
                throw new ParleyException.SessionEnded("no_session");
            }
            AccessToken atHand = access;
            if (atHand != null && isGood.test(atHand)) {
                return atHand;
            }
            if (refreshing == null) {
                mine = new CompletableFuture<>();
                refreshing = mine;
            }
            answer = refreshing;
            refreshToken = session.refreshToken();
        } finally {
            lock.unlock();
        }
        if (mine != null) {
            CompletableFuture<AccessToken> asked = mine;
            Thread.ofVirtual().name("parley-refresh").start(() -> refresh(asked, refreshToken));
        }
        return await(answer);
    }

    /// Settles `mine` in any case, after it has made way for the next.
    private void refresh(CompletableFuture<AccessToken> mine, String refreshToken) {
        try {
            AccessToken fresh = renew(ask(refreshToken), refreshToken);
            settled(() -> mine.complete(fresh));
        } catch (RuntimeException | Error failure) {
            settled(() -> mine.completeExceptionally(failure));
        }
    }

    private JsonNode ask(String refreshToken) {
        for (int tried = 1; ; tried++) {
            try {
                return rest.post("/auth/refresh/", Map.of("refresh_token", refreshToken), null, TRY);
            } catch (ParleyException.Unreachable unanswered) {
                if (tried == TRIES) {
                    throw unanswered;
                }
            } catch (ParleyException.Problem problem) {
                throw problem.status() == 401 ? ended(problem.code(), refreshToken) : problem;
            }
        }
    }

    private void settled(Runnable settle) {
        lock.lock();
        try {
            refreshing = null;
        } finally {
            lock.unlock();
        }
        settle.run();
    }

    /// Somebody may have logged out, or in as another, while the answer was on its way: then it counts no longer. A
    /// store that cannot keep the new session is no reason not to use it: the old one is spent.
    private AccessToken renew(JsonNode tokens, String spent) {
        lock.lock();
        try {
            if (session == null || !session.refreshToken().equals(spent)) {
                throw new ParleyException.SessionEnded("no_session");
            }
            Session renewed = use(tokens);
            try {
                store.save(renewed);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "session store cannot keep the session user=" + renewed.userId(), e);
            }
            return accessToken(tokens);
        } finally {
            lock.unlock();
        }
    }

    private ParleyException ended(String code, String spent) {
        lock.lock();
        try {
            if (session != null && session.refreshToken().equals(spent)) {
                forget();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "session store cannot forget the session", e);
        } finally {
            lock.unlock();
        }
        return new ParleyException.SessionEnded(code);
    }

    private AccessToken accessToken(JsonNode tokens) {
        Duration lifetime = Duration.ofSeconds(tokens.path("expires_in").asLong());
        return new AccessToken(
                tokens.path("access_token").asText(), clock.instant().plus(lifetime), lifetime);
    }

    /// Whoever waits gets an exception of his own: that of another thread has another's stack.
    private static AccessToken await(CompletableFuture<AccessToken> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParleyException.Unreachable("interrupted", e);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case ParleyException.Problem problem ->
                    new ParleyException.Problem(
                            problem.status(),
                            problem.code(),
                            "refreshing the session",
                            problem.retryAfter().orElse(null));
                case ParleyException.SessionEnded ended -> new ParleyException.SessionEnded(ended.code());
                case ParleyException.Unreachable unreachable ->
                    new ParleyException.Unreachable("the session cannot be refreshed", unreachable);
                case null, default -> new IllegalStateException("refreshing the session failed", e);
            };
        }
    }
}
