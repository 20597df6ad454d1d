package dev.parley.auth.account;

import dev.parley.kit.problem.ProblemException;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

/// The accounts in the database.
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, UUID> {

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

    public boolean isVerifiedSomewhere(EmailAddress email) {
        return count("email = ?1 and emailVerified", email.text()) > 0;
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
