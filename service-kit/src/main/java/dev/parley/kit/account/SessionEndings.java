package dev.parley.kit.account;

import dev.parley.model.id.SessionId;
import dev.parley.model.stream.AuthEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps [EndedSessions] up to date, from before this service serves its first request, and tells of erased accounts.
/// Which sessions have ended is read whole at the start; behind that every event counts.
@ApplicationScoped
final class SessionEndings implements AuthEventHandler {

    private static final Logger LOG = Logger.getLogger(SessionEndings.class);

    private final EndedSessions sessions;
    private final Event<SessionEnded> ended;
    private final Event<AccountsErased> erased;
    private final AuthServiceClient authService;
    private final Redis redis;
    private final AuthServiceConfig config;
    private final MeterRegistry registry;
    private @Nullable AuthEventFollower follower;

    SessionEndings(
            EndedSessions sessions,
            Event<SessionEnded> ended,
            Event<AccountsErased> erased,
            AuthServiceClient authService,
            Redis redis,
            AuthServiceConfig config,
            MeterRegistry registry) {
        this.sessions = sessions;
        this.ended = ended;
        this.erased = erased;
        this.authService = authService;
        this.redis = redis;
        this.config = config;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        if (!config.followed()) {
            return;
        }
        follower = new AuthEventFollower("sessions", this, authService, redis, config, registry);
        follower.start();
        if (!follower.awaitStart(config.startPatience())) {
            LOG.warn("started without knowing the ended sessions: not ready until the auth service tells them");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        if (follower != null) {
            follower.close();
        }
    }

    @Override
    public long start() {
        var revocations = authService.revocations();
        revocations.items().forEach(item -> end(item.sessionId(), item.tokensExpireAt()));
        sessions.setKnown();
        return revocations.n();
    }

    @Override
    public void take(List<AuthEvent> events) {
        for (var event : events) {
            switch (event) {
                case AuthEvent.SessionRevoked revoked -> end(revoked.sessionId(), revoked.tokensExpireAt());
                case AuthEvent.UserChanged changed -> {
                    if (changed.user().deleted()) {
                        erased.fire(new AccountsErased());
                    }
                }
            }
        }
    }

    /// What ended by the former count stays ended until its tokens expire.
    @Override
    public long restart(long lastN) {
        erased.fire(new AccountsErased());
        return start();
    }

    private void end(SessionId session, Instant until) {
        if (sessions.add(session, until)) {
            ended.fire(new SessionEnded(session));
        }
    }
}
