package dev.parley.auth.onetime;

import dev.parley.auth.account.EmailAddress;
import dev.parley.model.id.UserId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// What the database keeps of a link in a mail.
@Entity
@Table(name = "one_time_tokens")
public class OneTimeToken {

    @Id
    private UUID id;

    private UUID accountId;

    @Enumerated(EnumType.STRING)
    private Purpose purpose;

    private String email;
    private byte[] hash;
    private Instant expiresAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    protected OneTimeToken() {}

    OneTimeToken(UUID id, UserId account, Purpose purpose, EmailAddress email, byte[] hash, Instant now) {
        this.id = id;
        this.accountId = account.value();
        this.purpose = purpose;
        this.email = email.text();
        this.hash = hash.clone();
        this.expiresAt = now.plus(purpose.lifetime());
    }

    public UUID id() {
        return id;
    }

    public UserId accountId() {
        return new UserId(accountId);
    }

    /// Where the link was sent to.
    public EmailAddress email() {
        return new EmailAddress(email);
    }

    boolean isValid(Purpose wanted, Instant now) {
        return purpose == wanted && now.isBefore(expiresAt);
    }

    byte[] hash() {
        return hash.clone();
    }
}
