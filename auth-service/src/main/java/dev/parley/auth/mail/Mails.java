package dev.parley.auth.mail;

import dev.parley.auth.account.Account;
import dev.parley.auth.account.EmailAddress;
import dev.parley.auth.onetime.OneTimeTokens;
import dev.parley.auth.onetime.Purpose;
import dev.parley.model.id.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Asks for mails to be sent, in the transaction of what they tell.
@ApplicationScoped
public class Mails {

    private final EntityManager database;
    private final OneTimeTokens tokens;
    private final InstantSource clock;
    private final Event<Queued> queued;

    /// Fired inside the transaction, to be observed after its commit.
    record Queued() {}

    Mails(EntityManager database, OneTimeTokens tokens, InstantSource clock, Event<Queued> queued) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
        this.queued = queued;
    }

    /// A link that proves that `email` belongs to the account's owner.
    @Transactional(Transactional.TxType.MANDATORY)
    public void verification(Account account, EmailAddress email) {
        var token = tokens.issue(account.id(), Purpose.VERIFY_EMAIL, email);
        queue(MailKind.VERIFY_EMAIL, email, account, token.id());
    }

    /// A link to choose a new password, if an account has this address: found out when the mail is sent, so that
    /// asking takes the same time either way.
    @Transactional
    public void forgotten(EmailAddress email) {
        queue(MailKind.FORGOTTEN, email, null, null);
    }

    /// A link to choose a new password.
    @Transactional(Transactional.TxType.MANDATORY)
    void reset(Account account, EmailAddress email) {
        var token = tokens.issue(account.id(), Purpose.RESET_PASSWORD, email);
        queue(MailKind.RESET_PASSWORD, email, account, token.id());
    }

    /// A notice, if the account has an address.
    @Transactional(Transactional.TxType.MANDATORY)
    public void passwordChanged(Account account) {
        account.email().ifPresent(email -> queue(MailKind.PASSWORD_CHANGED, email, account, null));
    }

    /// A notice to the present address, if there is one.
    @Transactional(Transactional.TxType.MANDATORY)
    public void emailChangeRequested(Account account) {
        account.email().ifPresent(email -> queue(MailKind.EMAIL_CHANGE_REQUESTED, email, account, null));
    }

    /// What waits to be sent to this account is not sent.
    @Transactional(Transactional.TxType.MANDATORY)
    public void forget(UserId account) {
        database.createQuery("delete from QueuedMail where accountId = ?1")
                .setParameter(1, account.value())
                .executeUpdate();
    }

    private void queue(MailKind kind, EmailAddress recipient, @Nullable Account account, @Nullable UUID token) {
        database.flush(); // the rows it refers to
        database.persist(
                new QueuedMail(kind, recipient, account == null ? null : account.id(), token, clock.instant()));
        queued.fire(new Queued());
    }
}
