package dev.parley.auth.mail;

import dev.parley.auth.account.EmailAddress;
import dev.parley.model.id.UserId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A mail that still has to be sent. It holds no link, only what a link is made from.
@Entity
@Table(name = "mails")
class QueuedMail {

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 16;

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private MailKind kind;

    private String recipient;
    private @Nullable UUID accountId;
    private @Nullable UUID tokenId;
    private Instant createdAt;
    private int attempts;

    @SuppressWarnings("UnusedVariable") // read by the queue's query
    private Instant nextAttemptAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    protected QueuedMail() {}

    QueuedMail(MailKind kind, EmailAddress recipient, @Nullable UserId account, @Nullable UUID token, Instant now) {
        this.id = UUID.randomUUID();
        this.kind = kind;
        this.recipient = recipient.text();
        this.accountId = account == null ? null : account.value();
        this.tokenId = token;
        this.createdAt = now;
        this.nextAttemptAt = now;
    }

    UUID id() {
        return id;
    }

    MailKind kind() {
        return kind;
    }

    EmailAddress recipient() {
        return new EmailAddress(recipient);
    }

    Optional<UserId> accountId() {
        return Optional.ofNullable(accountId).map(UserId::new);
    }

    Optional<UUID> tokenId() {
        return Optional.ofNullable(tokenId);
    }

    boolean isOlderThan(Duration age, Instant now) {
        return createdAt.plus(age).isBefore(now);
    }

    /// Counts an attempt and says when the next one may be, should this one fail or its process die.
    void attempt(Duration firstWait, Instant now) {
        var wait = firstWait.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
        nextAttemptAt = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        attempts++;
    }
}
