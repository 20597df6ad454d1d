package dev.parley.auth.session;

import dev.parley.model.id.SessionId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the database keeps of a refresh token. Spent ones stay as long as their session, to recognise a reuse.
@Entity
@Table(name = "refresh_tokens")
@SuppressWarnings("UnusedVariable") // some columns are read by queries only
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

    boolean isSpent() {
        return spentAt != null;
    }

    void spend(Instant now) {
        spentAt = now;
    }

    /// Whether it was spent at most `grace` ago.
    boolean isSpentSince(Instant now, Duration grace) {
        return spentAt != null && !spentAt.plus(grace).isBefore(now);
    }
}
