package dev.parley.kit.account;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.SessionId;
import dev.parley.model.problem.ProblemCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The sessions that have ended before their time, each until its access tokens have expired by themselves.
/// Bounded: see [AuthServiceConfig#maxEndedSessions].
///
/// Thread: any may ask; the follower's adds.
@ApplicationScoped
public class EndedSessions {

    private final InstantSource clock;
    private final int maxSessions;
    private final Map<SessionId, Instant> tokensExpireAt = new ConcurrentHashMap<>();

    /// In the order they were heard of, which is nearly that of their expiry.
    private final Deque<SessionId> order = new ArrayDeque<>();

    private final Counter forgotten;
    private volatile boolean known;

    EndedSessions(AuthServiceConfig config, InstantSource clock, MeterRegistry registry) {
        this.known = !config.followed();
        this.clock = clock;
        this.maxSessions = config.maxEndedSessions();
        this.forgotten = registry.counter("parley.session.forgotten");
        Gauge.builder("parley.session.ended", tokensExpireAt, Map::size)
                .description("Sessions that ended before their tokens expired")
                .register(registry);
    }

    /// Whether the session has ended.
    public boolean contains(SessionId session) {
        return tokensExpireAt.containsKey(session);
    }

    /// Whether it is known which sessions have ended: not before the auth service has told, once.
    public boolean isKnown() {
        return known;
    }

    /// @throws ProblemException `unauthenticated` if the session has ended; `unavailable` if that is not known
    public void requireLive(SessionId session) {
        if (!known) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "Tokens cannot be verified at the moment");
        }
        if (contains(session)) {
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, "The session has ended");
        }
    }

    /// @param until when its tokens have expired
    /// @return whether that is news
    boolean add(SessionId session, Instant until) {
        forgetExpired();
        if (!until.isAfter(clock.instant()) || tokensExpireAt.putIfAbsent(session, until) != null) {
            return false;
        }
        order.addLast(session);
        if (order.size() > maxSessions) {
            tokensExpireAt.remove(order.removeFirst());
            forgotten.increment();
        }
        return true;
    }

    void setKnown() {
        known = true;
    }

    private void forgetExpired() {
        var now = clock.instant();
        while (!order.isEmpty() && !isLive(order.getFirst(), now)) {
            tokensExpireAt.remove(order.removeFirst());
        }
    }

    private boolean isLive(SessionId session, Instant now) {
        var until = tokensExpireAt.get(session);
        return until != null && until.isAfter(now);
    }
}
