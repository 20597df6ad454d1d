package dev.parley.auth.account;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/// The accounts in the database. A read outside a use case is a transaction of its own, so that its connection goes
/// back at once: kept for the rest of the request, fifty requests that want a second one starve the pool.
@Transactional
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, UUID> {

    /// How many accounts that claim one unverified address are written to.
    private static final int MAX_HOLDERS = 5;

    public Optional<Account> find(UserId id) {
        return findByIdOptional(id.value());
    }

    /// Locks the account's row until the transaction ends, so that changes and logins of one account take turns.
    public Optional<Account> findLocked(UserId id) {
        return findByIdOptional(id.value(), LockModeType.PESSIMISTIC_WRITE);
    }

    /// The accounts among `ids`, in no order, erased ones too.
    public List<Account> findAll(Collection<UserId> ids) {
        return list("id in ?1", ids.stream().map(UserId::value).toList());
    }

    public Optional<Account> findByUsername(Username username) {
        return find("username", username.text()).firstResultOptional();
    }

    /// Whom `email` logs in: the account that has verified it, else the only one that claims it.
    public Optional<Account> findByEmail(EmailAddress email) {
        var claimants = find("email = ?1 order by emailVerified desc, id", email.text())
                .range(0, 1)
                .list();
        return claimants.size() == 1
                        || (claimants.size() == 2 && claimants.getFirst().isEmailVerified())
                ? Optional.of(claimants.getFirst())
                : Optional.empty();
    }

    /// Whose username or display name starts with `prefix`, whatever the case, by username.
    /// @param after a username, exclusive
    public List<Account> findByPrefix(String prefix, String after, int limit) {
        var pattern = prefix.replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return find("""
                        username > ?2 and (username like lower(?1) escape '\\'
                        or lower(displayName) like lower(?1) escape '\\')
                        order by username""", pattern, after).range(0, limit - 1).list();
    }

    public boolean isVerifiedSomewhere(EmailAddress email) {
        return count("email = ?1 and emailVerified", email.text()) > 0;
    }

    public boolean isVerifiedByAnother(EmailAddress email, UserId user) {
        return count("email = ?1 and emailVerified and id <> ?2", email.text(), user.value()) > 0;
    }

    /// Who may have forgotten a password of theirs: the account that has verified `email`, else those that claim it.
    public List<Account> findHolders(EmailAddress email) {
        var claimants = find("email = ?1 order by emailVerified desc, id", email.text())
                .range(0, MAX_HOLDERS - 1)
                .list();
        return !claimants.isEmpty() && claimants.getFirst().isEmailVerified() ? claimants.subList(0, 1) : claimants;
    }

    /// Gives a proved address to `user` and takes it from those that only claim it.
    /// @throws ProblemException `email_taken` if another has proved it
    public void giveVerified(EmailAddress email, UserId user) {
        // Those who prove one address take turns; else two would wait for each other's rows.
        getEntityManager()
                .createNativeQuery("select 1 from pg_advisory_xact_lock(hashtextextended(:email, 0))", Integer.class)
                .setParameter("email", email.text())
                .getSingleResult();
        if (isVerifiedByAnother(email, user)) {
            throw ProblemException.of(ProblemCode.EMAIL_TAKEN);
        }
        update("email = null where email = ?1 and id <> ?2", email.text(), user.value());
        findLocked(user)
                .filter(account -> !account.isErased())
                .orElseThrow(() -> ProblemException.of(ProblemCode.USER_NOT_FOUND))
                .verify(email);
    }

    /// Inserts at once.
    /// @throws ProblemException `username_taken`, also when another took it at the same moment
    public void add(Account account) {
        try {
            persistAndFlush(account);
        } catch (ConstraintViolationException e) {
            if ("accounts_username_unique".equals(e.getConstraintName())) {
                throw ProblemException.of(ProblemCode.USERNAME_TAKEN);
            }
            throw e;
        }
    }
}
