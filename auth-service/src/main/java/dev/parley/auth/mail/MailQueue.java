package dev.parley.auth.mail;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.Accounts;
import dev.parley.auth.onetime.OneTimeTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/// The mails that are due. Taking one puts off its next attempt, so that no other replica takes it meanwhile and it
/// is tried again if this process dies: a mail may be sent twice, never not at all.
@ApplicationScoped
class MailQueue {

    private static final int BATCH = 20;

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

    /// What is due now, a few at a time.
    @Transactional
    List<Letter> take() {
        var letters = new ArrayList<Letter>();
        for (var id : due()) {
            var mail = database.find(QueuedMail.class, id);
            if (mail.kind() == MailKind.FORGOTTEN) {
                accounts.findHolders(mail.recipient()).forEach(account -> mails.reset(account, mail.recipient()));
                database.remove(mail);
            } else if (mail.isOlderThan(config.giveUpAfter(), clock.instant())) {
                database.remove(mail);
                givenUp.increment();
            } else {
                mail.attempt(config.retryAfter(), clock.instant());
                letters.add(letter(mail));
            }
        }
        return letters;
    }

    @Transactional
    void sent(Letter letter) {
        database.createQuery("delete from QueuedMail where id = ?1")
                .setParameter(1, letter.id())
                .executeUpdate();
    }

    private List<UUID> due() {
        return database.unwrap(Session.class)
                .createNativeQuery("""
                        select id from mails where next_attempt_at <= :now
                        order by next_attempt_at limit :batch for update skip locked""", UUID.class)
                .setParameter("now", clock.instant())
                .setParameter("batch", BATCH)
                .getResultList();
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
