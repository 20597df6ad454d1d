package dev.parley.auth.mail;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.onetime.OneTimeTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The mails that are due. Taking one puts off its next attempt, so that no other replica takes it meanwhile and it
/// is tried again if this process dies: a mail may be sent twice, never not at all.
@ApplicationScoped
class MailQueue {

    private static final int BATCH = 20;
    private static final Logger LOG = Logger.getLogger(MailQueue.class);

    private final EntityManager database;
    private final Accounts accounts;
    private final OneTimeTokens tokens;
    private final Mails mails;
    private final MailConfig config;
    private final InstantSource clock;
    private final Counter givenUp;

    MailQueue(
            EntityManager database,
            Accounts accounts,
            OneTimeTokens tokens,
            Mails mails,
            MailConfig config,
            InstantSource clock,
            MeterRegistry metrics) {
        this.database = database;
        this.accounts = accounts;
        this.tokens = tokens;
        this.mails = mails;
        this.config = config;
        this.clock = clock;
        this.givenUp = metrics.counter("parley.mail.given.up");
    }

    /// A mail with all that its template shows.
    /// @param token empty when the mail has no link
    record Letter(UUID id, MailKind kind, String recipient, String username, String token) {

        @Override
        public String toString() {
            return "Letter[id=" + id + ", kind=" + kind + "]";
        }
    }

    /// What is due now, a few at a time. Each mail is a transaction of its own: one that cannot be made waits for its
    /// next attempt and holds up no other.
    List<Letter> take() {
        return due().stream().map(this::take).flatMap(Optional::stream).toList();
    }

    private Optional<Letter> take(UUID id) {
        try {
            return QuarkusTransaction.requiringNew().call(() -> make(id));
        } catch (RuntimeException e) {
            // Without the cause's message, which may quote the recipient.
            LOG.errorf("mail not made id=%s cause=%s", id, e.getClass().getName());
            QuarkusTransaction.requiringNew().run(() -> putOff(id));
            return Optional.empty();
        }
    }

    /// A forgotten password becomes mails with links, which end the links before them, and with those their mails:
    /// what was due a moment ago may be gone.
    private Optional<Letter> make(UUID id) {
        var mail = lock(id);
        if (mail == null) {
            return Optional.empty();
        }
        if (mail.kind() == MailKind.FORGOTTEN) {
            accounts.findHolders(mail.recipient()).forEach(account -> mails.reset(account, mail.recipient()));
            database.remove(mail);
            return Optional.empty();
        }
        if (mail.isOlderThan(config.giveUpAfter(), clock.instant())) {
            database.remove(mail);
            givenUp.increment();
            return Optional.empty();
        }
        mail.attempt(config.retryAfter(), clock.instant());
        return Optional.of(letter(mail));
    }

    /// @return null when it is gone, taken by another, or not due any more
    private @Nullable QueuedMail lock(UUID id) {
        return database.unwrap(Session.class)
                .createNativeQuery("""
                        select * from mails where id = :id and next_attempt_at <= :now
                        for update skip locked""", QueuedMail.class)
                .setParameter("id", id)
                .setParameter("now", clock.instant())
                .getSingleResultOrNull();
    }

    /// By SQL: what cannot be made may be what cannot even be read.
    private void putOff(UUID id) {
        var now = clock.instant();
        var session = database.unwrap(Session.class);
        var old = session.createNativeMutationQuery("delete from mails where id = :id and created_at < :oldest")
                .setParameter("id", id)
                .setParameter("oldest", now.minus(config.giveUpAfter()))
                .executeUpdate();
        givenUp.increment(old);
        session.createNativeMutationQuery("update mails set next_attempt_at = :later where id = :id")
                .setParameter("later", now.plus(config.retryAfter()))
                .setParameter("id", id)
                .executeUpdate();
    }

    @Transactional
    void sent(Letter letter) {
        database.createQuery("delete from QueuedMail where id = ?1")
                .setParameter(1, letter.id())
                .executeUpdate();
    }

    /// Forgotten passwords first: they may end a link whose mail is due as well.
    private List<UUID> due() {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.unwrap(Session.class)
                        .createNativeQuery("""
                                select id from mails where next_attempt_at <= :now
                                order by kind <> 'FORGOTTEN', next_attempt_at limit :batch""", UUID.class)
                        .setParameter("now", clock.instant())
                        .setParameter("batch", BATCH)
                        .getResultList());
    }

    private Letter letter(QueuedMail mail) {
        var username =
                mail.accountId().flatMap(accounts::find).map(Account::username).orElse("");
        var token = mail.tokenId()
                .flatMap(tokens::findByIdOptional)
                .map(tokens::text)
                .orElse("");
        return new Letter(mail.id(), mail.kind(), mail.recipient().text(), username, token);
    }
}
