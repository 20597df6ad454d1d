package dev.parley.auth.account;

import dev.parley.model.event.UserRef;
import dev.parley.model.id.UserId;
import dev.parley.model.text.TextRules;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person's account. An erased one keeps its id and nothing else.
@Entity
@Table(name = "accounts")
public class Account {

    /// Longest display name in code points.
    private static final int MAX_DISPLAY_NAME = 64;

    @Id
    private UUID id;

    private @Nullable String username;
    private @Nullable String displayName;
    private @Nullable String email;
    private boolean emailVerified;
    private @Nullable String passwordHash;
    private long version;
    private Instant createdAt;
    private @Nullable Instant erasedAt;

    /// For Hibernate.
    @SuppressWarnings("NullAway.Init")
    protected Account() {}

    /// A new account whose address is not verified.
    public Account(
            UserId id, Username username, String displayName, EmailAddress email, String passwordHash, Instant now) {
        this.id = id.value();
        this.username = username.text();
        this.displayName = displayName;
        this.email = email.text();
        this.passwordHash = passwordHash;
        this.version = 1;
        this.createdAt = now;
    }

    public UserId id() {
        return new UserId(id);
    }

    /// @throws IllegalStateException if erased
    public String username() {
        if (username == null) {
            throw new IllegalStateException("account is erased");
        }
        return username;
    }

    /// Lower case; empty when another account has verified it, or this one is erased.
    public Optional<EmailAddress> email() {
        return Optional.ofNullable(email).map(EmailAddress::new);
    }

    public boolean isEmailVerified() {
        return emailVerified;
    }

    /// Why `text` cannot be a display name; empty if it can.
    public static Optional<String> displayNameViolation(String text) {
        return TextRules.nameViolation(text, 1, MAX_DISPLAY_NAME);
    }

    /// Null exactly when erased.
    public @Nullable String passwordHash() {
        return passwordHash;
    }

    public void replacePasswordHash(String newHash) {
        passwordHash = newHash;
    }

    /// @param newName as [#displayNameViolation] takes it
    /// @return whether that is another name than before
    public boolean rename(String newName) {
        var changed = !newName.equals(displayName);
        if (changed) {
            displayName = newName;
            version++;
        }
        return changed;
    }

    /// The owner has proved to have this address.
    void verify(EmailAddress address) {
        email = address.text();
        emailVerified = true;
    }

    /// Forgets the person.
    public void erase(Instant now) {
        username = null;
        displayName = null;
        email = null;
        emailVerified = false;
        passwordHash = null;
        erasedAt = now;
        version++;
    }

    /// Grows with every change that others see.
    public long version() {
        return version;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public boolean isErased() {
        return erasedAt != null;
    }

    /// As everybody sees it.
    public UserRef toRef() {
        return username == null || displayName == null
                ? UserRef.erased(id())
                : UserRef.present(id(), username, displayName);
    }
}
