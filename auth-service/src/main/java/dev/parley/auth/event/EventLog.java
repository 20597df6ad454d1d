package dev.parley.auth.event;

import dev.parley.auth.account.Account;
import dev.parley.auth.token.TokenConfig;
import dev.parley.model.internal.AuthEventPage;
import dev.parley.model.internal.Revocations;
import dev.parley.model.stream.AuthEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// The events in the database, told as the accounts are now.
@ApplicationScoped
class EventLog {

    /// How far verifiers' clocks may be behind ours.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final EntityManager database;
    private final Duration tokenLifetime;
    private final Duration retention;
    private final InstantSource clock;

    /// An event and the account it is about.
    record Entry(EventRow event, Account account) {}

    EventLog(EntityManager database, TokenConfig tokens, EventConfig config, InstantSource clock) {
        this.database = database;
        this.tokenLifetime = tokens.accessTokenLifetime().plus(CLOCK_SKEW);
        this.retention = config.retention();
        this.clock = clock;
    }

    /// Which numbers there are.
    /// @param first of the events younger than some age; `last` + 1 if there is none
    record Extent(long first, long last) {}

    @Transactional
    Extent extent(Duration age) {
        var last = lastN();
        var first = database.createQuery(
                        "select e.n from EventRow e where e.createdAt > ?1 order by e.createdAt, e.n", Long.class)
                .setParameter(1, clock.instant().minus(age))
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
        return new Extent(first.orElse(last + 1), last);
    }

    /// @param after exclusive; a number that was never given is one of a time before a backup was restored
    @Transactional
    AuthEventPage page(long after, int limit) {
        var last = lastN();
        var events = after(after, limit);
        var complete = events.isEmpty() ? after == last : events.getFirst().n() == after + 1;
        return new AuthEventPage(events, last, complete);
    }

    /// Ascending from `after`, exclusive.
    @Transactional
    List<AuthEvent> after(long after, int limit) {
        return database
                .createQuery(
                        "select e, a from EventRow e join Account a on a.id = e.accountId where e.n > ?1 order by e.n",
                        Entry.class)
                .setParameter(1, after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(this::tell)
                .toList();
    }

    /// The number is read first: what ends meanwhile is in the events behind it, and may be here too.
    @Transactional
    Revocations revocations() {
        var last = lastN();
        var items = database
                .createQuery(
                        "from EventRow e where e.createdAt > ?1 and e.sessionId is not null order by e.n",
                        EventRow.class)
                .setParameter(1, clock.instant().minus(tokenLifetime))
                .getResultList()
                .stream()
                .map(row -> new Revocations.Item(row.sessionId().orElseThrow(), row.accountId(), tokensExpireAt(row)))
                .toList();
        return new Revocations(last, items);
    }

    /// Removes what is older than the retention.
    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    @Transactional
    void tidy() {
        database.createQuery("delete from EventRow e where e.createdAt < ?1")
                .setParameter(1, clock.instant().minus(retention))
                .executeUpdate();
    }

    private AuthEvent tell(Entry entry) {
        var row = entry.event();
        return row.sessionId()
                .<AuthEvent>map(
                        session -> new AuthEvent.SessionRevoked(row.n(), session, row.accountId(), tokensExpireAt(row)))
                .orElseGet(() -> new AuthEvent.UserChanged(
                        row.n(), entry.account().toRef(), entry.account().version()));
    }

    private Instant tokensExpireAt(EventRow row) {
        return row.createdAt().plus(tokenLifetime);
    }

    private long lastN() {
        return (Long) database.createNativeQuery("select last_n from event_counter", Long.class)
                .getSingleResult();
    }
}
