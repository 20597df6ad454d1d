package dev.parley.auth.event;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it is kept: what it refers to, nothing of a person.
@Entity
@Table(name = "events")
class EventRow {

    @Id
    private long n;

    private UUID accountId;
    private @Nullable UUID sessionId;
    private Instant createdAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    protected EventRow() {}

    EventRow(long n, UserId account, @Nullable SessionId session, Instant now) {
        this.n = n;
        this.accountId = account.value();
        this.sessionId = session == null ? null : session.value();
        this.createdAt = now;
    }

    long n() {
        return n;
    }

    UserId accountId() {
        return new UserId(accountId);
    }

    /// Empty when the account changed, else the session that ended.
    Optional<SessionId> sessionId() {
        return Optional.ofNullable(sessionId).map(SessionId::new);
    }

    Instant createdAt() {
        return createdAt;
    }
}
