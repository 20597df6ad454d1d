package dev.parley.auth.session;

import dev.parley.model.id.SessionId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// The sessions in the database.
@ApplicationScoped
class Sessions implements PanacheRepositoryBase<Session, UUID> {

    Optional<Session> findLive(SessionId id, Instant now) {
        return findByIdOptional(id.value()).filter(session -> session.isLive(now));
    }

    /// Inserts the session with its newest, unspent refresh token.
    void add(Session session, RefreshToken token, Instant now) {
        persist(session);
        getEntityManager().persist(new RefreshTokenRow(token, session.id(), now));
    }
}
