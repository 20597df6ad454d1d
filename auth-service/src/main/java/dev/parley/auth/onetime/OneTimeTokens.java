package dev.parley.auth.onetime;

import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.token.SigningKey;
import dev.parley.auth.token.SigningKeys;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;

/// The links in mails that are still good. A link's token is an HMAC of its row's id under a key derived from the
/// signing key: whoever reads the database, mails that wait in it included, has no token.
@ApplicationScoped
public class OneTimeTokens implements PanacheRepositoryBase<OneTimeToken, UUID> {

    private static final String KEY_PURPOSE = "parley one-time token v1";

    private final SigningKeys keys;
    private final InstantSource clock;

    OneTimeTokens(SigningKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /// Makes a link good; those of the same purpose before it are no more.
    @Transactional(Transactional.TxType.MANDATORY)
    public OneTimeToken issue(UserId account, Purpose purpose, EmailAddress email) {
        revoke(account, purpose);
        var id = UUID.randomUUID();
        var token = new OneTimeToken(id, account, purpose, email, hash(derive(id, keys.current())), clock.instant());
        persist(token);
        return token;
    }

    /// The account's links of this purpose are no longer good.
    @Transactional(Transactional.TxType.MANDATORY)
    public void revoke(UserId account, Purpose purpose) {
        delete("accountId = ?1 and purpose = ?2", account.value(), purpose);
    }

    /// None of the account's links is good any more.
    @Transactional(Transactional.TxType.MANDATORY)
    public void forget(UserId account) {
        delete("accountId", account.value());
    }

    /// What the link holds.
    /// @throws IllegalStateException if the key it was made with has been taken out
    public String text(OneTimeToken token) {
        return keys.published().stream()
                .map(key -> derive(token.id(), key))
                .filter(text -> MessageDigest.isEqual(hash(text), token.hash()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the key of a one-time token is gone"));
    }

    /// The row behind a link, locked: whoever uses it deletes it.
    /// @throws ProblemException `validation_failed` on `token` if it is wrong, used or old
    @Transactional(Transactional.TxType.MANDATORY)
    public OneTimeToken findLocked(String text, Purpose purpose) {
        return find("hash", hash(text))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional()
                .filter(token -> token.isValid(purpose, clock.instant()))
                .orElseThrow(OneTimeTokens::notValid);
    }

    /// Refuses a link that is wrong, used or old, before work is spent on it.
    /// @throws ProblemException `validation_failed` on `token`
    @Transactional
    public void require(String text, Purpose purpose) {
        if (find("hash", hash(text))
                .firstResultOptional()
                .filter(token -> token.isValid(purpose, clock.instant()))
                .isEmpty()) {
            throw notValid();
        }
    }

    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    @Transactional
    void tidy() {
        delete("expiresAt < ?1", clock.instant());
    }

    private static ProblemException notValid() {
        return ProblemException.invalid(FieldProblem.invalid("token", "is wrong, used or too old"));
    }

    private static String derive(UUID id, SigningKey key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key.deriveKey(KEY_PURPOSE));
            var secret = mac.doFinal(id.toString().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
