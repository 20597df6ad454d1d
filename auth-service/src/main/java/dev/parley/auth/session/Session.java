package dev.parley.auth.session;

import dev.parley.model.id.SessionId;
import dev.parley.model.id.UserId;
import dev.parley.model.text.TextRules;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A login on one device. It is over when it was ended, or not used for long, or old.
@Entity
@Table(name = "sessions")
public class Session {

    /// Longest device name in code points.
    private static final int MAX_DEVICE_NAME = 100;

    @Id
    private UUID id;

    private UUID accountId;
    private @Nullable String deviceName;
    private Instant createdAt;
    private Instant lastUsedAt;
    private Instant expiresAt;
    private @Nullable Instant endedAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    protected Session() {}

    Session(UserId account, @Nullable String deviceName, Instant now, SessionConfig config) {
        this.id = SessionId.random().value();
        this.accountId = account.value();
        this.deviceName = deviceName;
        this.createdAt = now;
        use(now, config);
    }

    /// Why `text` cannot be a device's name; empty if it can.
    public static Optional<String> deviceNameViolation(String text) {
        return TextRules.nameViolation(text, 0, MAX_DEVICE_NAME);
    }

    public SessionId id() {
        return new SessionId(id);
    }

    public UserId accountId() {
        return new UserId(accountId);
    }

    Optional<String> deviceName() {
        return Optional.ofNullable(deviceName);
    }

    Instant createdAt() {
        return createdAt;
    }

    /// When its refresh token was last issued.
    Instant lastUsedAt() {
        return lastUsedAt;
    }

    /// When it is over if nothing happens.
    Instant expiresAt() {
        return expiresAt;
    }

    boolean isLive(Instant now) {
        return endedAt == null && now.isBefore(expiresAt);
    }

    void end(Instant now) {
        endedAt = now;
    }

    /// Moves the end of the session to the idle time-out from now, but never past the absolute one.
    final void use(Instant now, SessionConfig config) {
        lastUsedAt = now;
        var idleEnd = now.plus(config.idleTimeout());
        var absoluteEnd = createdAt.plus(config.absoluteTimeout());
        expiresAt = idleEnd.isBefore(absoluteEnd) ? idleEnd : absoluteEnd;
    }
}
