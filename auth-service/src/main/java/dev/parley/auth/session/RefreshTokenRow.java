package dev.parley.auth.session;

import dev.parley.model.id.SessionId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the database keeps of a refresh token. Spent ones stay as long as their session, to recognise a reuse.
@Entity
@Table(name = "refresh_tokens")
@SuppressWarnings("UnusedVariable") // columns that rotation will read
class RefreshTokenRow {

    @Id
    private byte[] hash;

    private UUID sessionId;
    private Instant issuedAt;
    private @Nullable Instant spentAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    protected RefreshTokenRow() {}

    RefreshTokenRow(RefreshToken token, SessionId session, Instant now) {
        this.hash = token.hash();
        this.sessionId = session.value();
        this.issuedAt = now;
    }

    SessionId sessionId() {
        return new SessionId(sessionId);
    }
}
