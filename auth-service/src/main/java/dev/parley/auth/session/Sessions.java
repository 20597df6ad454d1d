package dev.parley.auth.session;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The sessions and their refresh tokens in the database. A read outside a use case is a transaction of its own, so
/// that its connection goes back at once.
@Transactional
@ApplicationScoped
class Sessions implements PanacheRepositoryBase<Session, UUID> {

    /// Longer than any access token lives, so that one of an ended session is known to be that.
    private static final Duration KEPT_AFTER_END = Duration.ofDays(1);

    private final InstantSource clock;

    Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /// Removes what nobody asks for any more; their refresh tokens go with them.
    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    void tidy() {
        var longAgo = clock.instant().minus(KEPT_AFTER_END);
        delete("expiresAt < ?1 or endedAt < ?1", longAgo);
    }

    Optional<Session> find(SessionId id) {
        return findByIdOptional(id.value());
    }

    /// Locks the session's row until the transaction ends: presentations of its tokens take turns.
    Optional<Session> findLocked(SessionId id) {
        return findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE);
    }

    /// The live sessions of a user, newest first.
    /// @param before exclusive; null from the newest
    List<Session> findLive(UserId user, Instant now, @Nullable SessionId before, int limit) {
        var newest = before == null ? new UUID(-1L, -1L) : before.value();
        return find(
                        "accountId = ?1 and endedAt is null and expiresAt > ?2 and id < ?3 order by id desc",
                        user.value(),
                        now,
                        newest)
                .range(0, limit - 1)
                .list();
    }

    /// Locks every live session of a user.
    List<Session> findAllLiveLocked(UserId user, Instant now) {
        return find("accountId = ?1 and endedAt is null and expiresAt > ?2 order by id", user.value(), now)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /// Which session a token belongs or belonged to. Reads no state that could be old when the session is locked next.
    Optional<SessionId> sessionOf(RefreshToken token) {
        return getEntityManager()
                .createQuery("select t.sessionId from RefreshTokenRow t where t.hash = ?1", UUID.class)
                .setParameter(1, token.hash())
                .getResultStream()
                .findFirst()
                .map(SessionId::new);
    }

    Optional<RefreshTokenRow> find(RefreshToken token) {
        return Optional.ofNullable(getEntityManager().find(RefreshTokenRow.class, token.hash()));
    }

    /// Inserts the session with its newest, unspent refresh token.
    void add(Session session, RefreshToken token, Instant now) {
        persist(session);
        add(token, session, now);
    }

    /// Adds the newest token of a session; the one before must have been spent.
    void add(RefreshToken token, Session session, Instant now) {
        flush();
        getEntityManager().persist(new RefreshTokenRow(token, session.id(), now));
    }
}
